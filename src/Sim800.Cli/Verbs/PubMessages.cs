using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using Sim800.Files;

namespace Sim800.Cli.Verbs;

/// <summary>Where the payloads of <c>pub</c> come from.</summary>
internal static class PubMessages
{
    /// <summary>A line more than this is somebody's mistake.</summary>
    private const int MaxLine = 1024 * 1024;

    /// <summary>No MQTT packet is longer (MQTT 3.1.1 §2.2.3).</summary>
    private const int LongestPayload = 268_435_455;

    /// <summary>Each line without its line feed, a carriage return kept; the last one counts without an end too.</summary>
    /// <exception cref="InvalidDataException">A line is longer than 1 MB.</exception>
    internal static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(input, new(leaveOpen: true));
        while (true)
        {
            // The console's stream does not know cancellation once it reads, so Ctrl-C leaves it behind.
            var result = await reader.ReadAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            var rest = result.Buffer;
            while (TryCut(ref rest, out var line))
            {
                yield return line;
            }

            if (result.IsCompleted)
            {
                if (!rest.IsEmpty)
                {
                    yield return rest.ToArray();
                }

                yield break;
            }

            if (rest.Length > MaxLine)
            {
                throw new InvalidDataException("A line on standard input is longer than 1 MB: send it with -s or -f.");
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>The payload of all but <c>-l</c>, read before the connection, which costs money, is opened for nothing.</summary>
    /// <returns><c>null</c> for <c>-l</c>.</returns>
    /// <exception cref="UsageException">It is longer than any packet; or standard input is empty: with <c>-r</c> that would clear the retained message.</exception>
    internal static async Task<ReadOnlyMemory<byte>?> WholeAsync(PubRequest request, Stream input, CancellationToken cancellationToken)
    {
        switch (request.Source)
        {
            case PubSource.Lines:
                return null;
            case PubSource.Message:
                return Encoding.UTF8.GetBytes(request.Message!);
            case PubSource.File:
                return BoundedInput.TryReadFile(request.File!, LongestPayload) ?? throw TooLong(request.File!);
            case PubSource.Whole:
                var all = await BoundedInput.TryReadAsync(input, LongestPayload, cancellationToken).ConfigureAwait(false) ?? throw TooLong("Standard input");
                return all.Length == 0 ? throw new UsageException("Standard input (-s) is empty: an empty message is sent with -n.") : all;
            default:
                return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static UsageException TooLong(string what) => new($"{what} is longer than 256 MB, the longest message of MQTT.");

    private static bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlyMemory<byte> line)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> found, (byte)'\n'))
        {
            line = default;
            return false;
        }

        line = found.ToArray();
        rest = reader.UnreadSequence;
        return true;
    }
}
