using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sim800.Cli.Verbs;

/// <summary>Where the payloads of <c>pub</c> come from.</summary>
internal static class PubMessages
{
    /// <summary>A line more than this is somebody's mistake.</summary>
    private const int MaxLine = 1024 * 1024;

    /// <summary>Each line without its end; the last one counts without an end too.</summary>
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
                    yield return WithoutReturn(rest.ToArray());
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

    internal static async Task<ReadOnlyMemory<byte>> AllAsync(Stream input, CancellationToken cancellationToken)
    {
        var all = new MemoryStream(); // not disposed: a copy that was left behind may still write to it
        await input.CopyToAsync(all, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        return all.ToArray();
    }

    internal static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    private static bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlyMemory<byte> line)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> found, (byte)'\n'))
        {
            line = default;
            return false;
        }

        line = WithoutReturn(found.ToArray());
        rest = reader.UnreadSequence;
        return true;
    }

    private static ReadOnlyMemory<byte> WithoutReturn(byte[] line) =>
        line is [.., (byte)'\r'] ? line.AsMemory(0, line.Length - 1) : line;
}
