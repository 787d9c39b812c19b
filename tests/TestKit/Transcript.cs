using System.IO.Pipelines;
using TestKit.Hostile;
using Xunit;

namespace TestKit;

/// <summary>
/// Plays the modem's side of a byte-exact conversation. A line that starts with <c>&gt;&gt; </c> is what the host must send next,
/// one with <c>&lt;&lt; </c> is what the modem says then; the rest of the line is Latin-1 as it goes over the wire.
/// </summary>
public static class Transcript
{
    /// <summary>Plays every line; ends when the last one has been played, and fails at the first byte that differs.</summary>
    /// <param name="line">The modem's end of the line.</param>
    /// <param name="lines">The conversation.</param>
    public static async Task PlayAsync(IDuplexPipe line, IEnumerable<string> lines)
    {
        try
        {
            await lines.Aggregate(new PeerScript(), Add).PlayAsync(line, TestContext.Current.CancellationToken);
        }
        catch (Exception e)
        {
            await line.Output.CompleteAsync(new IOException("The transcript was left: " + e.Message, e));
            throw;
        }
    }

    private static PeerScript Add(PeerScript script, string spoken) => spoken[..3] switch
    {
        ">> " => script.Expect(spoken[3..]),
        "<< " => script.Send(spoken[3..]),
        _ => throw new FormatException($"'{spoken}' starts with neither '>> ' nor '<< '."),
    };
}
