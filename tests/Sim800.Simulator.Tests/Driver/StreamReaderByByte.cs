using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Sim800.Simulator.Tests.Driver;

/// <summary>A serial port as small drivers read it: one byte at a time, never two, with a time-out in the modem's own time.</summary>
internal sealed class StreamReaderByByte(IDuplexPipe line, TimeProvider clock)
{
    private const int LongestNumber = 6;

    private readonly Queue<byte> _ahead = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> bytes) => line.Output.WriteAsync(bytes, Token);

    internal ValueTask<FlushResult> WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <returns>-1 when none came in time.</returns>
    internal async ValueTask<int> ByteAsync(TimeSpan timeout)
    {
        if (_ahead.Count > 0)
        {
            return _ahead.Dequeue();
        }

        using var late = new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : TimeSpan.FromTicks(1), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, Token);
        try
        {
            var result = await line.Input.ReadAsync(either.Token);
            Array.ForEach(result.Buffer.ToArray(), _ahead.Enqueue);
            line.Input.AdvanceTo(result.Buffer.End);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return -1;
        }

        return _ahead.TryDequeue(out var first) ? first : -1;
    }

    /// <summary>Everything up to a character, which is taken and not returned.</summary>
    internal async Task<string> TextBeforeAsync(char end)
    {
        var text = new StringBuilder();
        while (true)
        {
            var next = await ByteAsync(TimeSpan.FromSeconds(1));
            if (next < 0)
            {
                Assert.Fail($"No '{end}' came within a second; there was '{text}'.");
            }

            if (next == end)
            {
                return text.ToString();
            }

            text.Append((char)next);
        }
    }

    /// <summary>A number in front of a character, blanks around it allowed; a buffer of seven must hold it.</summary>
    internal async Task<int> NumberBeforeAsync(char end)
    {
        var text = await TextBeforeAsync(end);
        Assert.InRange(text.Length, 1, LongestNumber);
        return int.Parse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
