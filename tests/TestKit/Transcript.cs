using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Xunit;

namespace TestKit;

/// <summary>
/// Plays the modem's side of a byte-exact conversation. A line that starts with <c>&gt;&gt; </c> is what the host must send next,
/// one with <c>&lt;&lt; </c> is what the modem says then; the rest of the line is Latin-1 as it goes over the wire.
/// </summary>
public sealed class Transcript
{
    private readonly IDuplexPipe _line;
    private readonly Func<int, IEnumerable<int>> _cut;

    private Transcript(IDuplexPipe line, Func<int, IEnumerable<int>> cut) => (_line, _cut) = (line, cut);

    /// <summary>Plays every line; ends when the last one has been played, and fails at the first byte that differs.</summary>
    /// <param name="line">The modem's end of the line.</param>
    /// <param name="lines">The conversation.</param>
    /// <param name="cut">How to cut what the modem says; whole when <c>null</c>.</param>
    public static async Task PlayAsync(IDuplexPipe line, IEnumerable<string> lines, Func<int, IEnumerable<int>>? cut = null)
    {
        var transcript = new Transcript(line, cut ?? (static length => [length]));
        try
        {
            foreach (var spoken in lines)
            {
                await transcript.StepAsync(spoken);
            }
        }
        catch (Exception e)
        {
            await line.Output.CompleteAsync(new IOException("The transcript was left: " + e.Message, e));
            throw;
        }
    }

    private Task StepAsync(string spoken)
    {
        var bytes = Encoding.Latin1.GetBytes(spoken[3..]);
        return spoken[..3] switch
        {
            ">> " => ExpectAsync(bytes),
            "<< " => SayAsync(bytes),
            _ => throw new FormatException($"'{spoken}' starts with neither '>> ' nor '<< '."),
        };
    }

    private async Task ExpectAsync(byte[] expected)
    {
        var ct = TestContext.Current.CancellationToken;
        var result = await _line.Input.ReadAtLeastAsync(expected.Length, ct);
        var said = result.Buffer.Slice(0, Math.Min(expected.Length, result.Buffer.Length)).ToArray();
        _line.Input.AdvanceTo(result.Buffer.GetPosition(said.Length));
        Assert.Equal(Show(expected), Show(said));
    }

    private async Task SayAsync(byte[] bytes)
    {
        var start = 0;
        foreach (var length in _cut(bytes.Length))
        {
            await _line.Output.WriteAsync(bytes.AsMemory(start, length), TestContext.Current.CancellationToken);
            start += length;
        }
    }

    private static string Show(byte[] bytes) =>
        Encoding.Latin1.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
