using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Xunit;

namespace TestKit.Hostile;

/// <summary>
/// What a peer does at its end of a line, step by step and whatever the other side thinks of it: wait for bytes, send any bytes in any pieces,
/// let time pass, hang up. Text is Latin-1, a character an octet.
/// </summary>
/// <param name="clock">What delays are measured with; that of the system when there is none.</param>
public sealed class PeerScript(TimeProvider? clock = null)
{
    private readonly List<Func<Stage, Task>> _steps = [];

    /// <summary>These bytes come next, or the script fails.</summary>
    public PeerScript Expect(byte[] bytes) => Then(async stage => Assert.Equal(Show(bytes), Show(await stage.TakeAsync(bytes.Length))));

    public PeerScript Expect(string text) => Expect(Encoding.Latin1.GetBytes(text));

    /// <summary>Takes whatever comes, up to and with these bytes.</summary>
    public PeerScript ExpectUpTo(string end) => Then(stage => stage.TakeUpToAsync(Encoding.Latin1.GetBytes(end)));

    /// <summary>Takes what comes first, whatever it is.</summary>
    public PeerScript ExpectAnything() => Then(stage => stage.TakeAnythingAsync());

    /// <param name="bytes">What is sent.</param>
    /// <param name="pieces">The lengths of the pieces it is cut into; whole when there are none.</param>
    public PeerScript Send(byte[] bytes, params int[] pieces) => Then(stage => stage.SendAsync(bytes, pieces is [] ? [bytes.Length] : pieces));

    public PeerScript Send(string text, params int[] pieces) => Send(Encoding.Latin1.GetBytes(text), pieces);

    /// <summary>An octet at a time, with so much time after each.</summary>
    public PeerScript Trickle(string text, TimeSpan pause) =>
        text.Aggregate(this, (script, octet) => script.Send(octet.ToString()).Delay(pause));

    /// <summary>Says nothing for so long.</summary>
    public PeerScript Delay(TimeSpan time) => Then(stage => Task.Delay(time, clock ?? TimeProvider.System, stage.Cancellation));

    /// <summary>Says nothing any more, and keeps the line until the other side leaves or the test ends.</summary>
    public PeerScript StaySilent() => Delay(Timeout.InfiniteTimeSpan);

    /// <summary>Hangs up, as one does who is done, or who fails for this reason.</summary>
    public PeerScript Close(Exception? reason = null) => Then(async stage => await stage.Line.Output.CompleteAsync(reason));

    /// <summary>Plays every step, and fails at the first byte that differs.</summary>
    public async Task PlayAsync(IDuplexPipe line, CancellationToken cancellationToken)
    {
        var stage = new Stage(line, cancellationToken);
        foreach (var step in _steps)
        {
            await step(stage);
        }
    }

    private static string Show(byte[] bytes) =>
        Encoding.Latin1.GetString(bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private PeerScript Then(Func<Stage, Task> step)
    {
        _steps.Add(step);
        return this;
    }

    private sealed record Stage(IDuplexPipe Line, CancellationToken Cancellation)
    {
        /// <returns>So many bytes, or all that came before the end.</returns>
        internal async Task<byte[]> TakeAsync(int count)
        {
            var result = await Line.Input.ReadAtLeastAsync(count, Cancellation);
            return Take(result.Buffer, Math.Min(count, result.Buffer.Length));
        }

        internal async Task TakeAnythingAsync()
        {
            var result = await Line.Input.ReadAsync(Cancellation);
            Take(result.Buffer, result.Buffer.Length);
        }

        internal async Task TakeUpToAsync(byte[] end)
        {
            while (true)
            {
                var result = await Line.Input.ReadAsync(Cancellation);
                if (result.Buffer.ToArray().AsSpan().IndexOf(end) is >= 0 and var at)
                {
                    Take(result.Buffer, at + end.Length);
                    return;
                }

                Line.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                Assert.False(result.IsCompleted, $"The line ended before '{Show(end)}' came.");
            }
        }

        internal async Task SendAsync(byte[] bytes, IEnumerable<int> pieces)
        {
            var start = 0;
            foreach (var length in pieces)
            {
                await Line.Output.WriteAsync(bytes.AsMemory(start, length), Cancellation);
                start += length;
            }
        }

        private byte[] Take(ReadOnlySequence<byte> buffer, long count)
        {
            var taken = buffer.Slice(0, count).ToArray();
            Line.Input.AdvanceTo(buffer.GetPosition(count));
            return taken;
        }
    }
}
