using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Sim800.Simulator.Tests;

/// <summary>A host at the end of a line: sends text, and reads exactly what it expects next.</summary>
internal sealed class ModemHost(IDuplexPipe line)
{
    internal async Task SendAsync(string text) => await line.Output.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    internal async Task SendAsync(ReadOnlyMemory<byte> bytes) => await line.Output.WriteAsync(bytes, TestContext.Current.CancellationToken);

    internal async Task ExpectAsync(string expected) =>
        Assert.Equal(Visible(Encoding.Latin1.GetBytes(expected)), Visible(await ReadAsync(expected.Length)));

    internal async Task SaysAsync(string sent, string expected)
    {
        await SendAsync(sent);
        await ExpectAsync(expected);
    }

    internal async Task<byte[]> ReadAsync(int count)
    {
        var result = await line.Input.ReadAtLeastAsync(count, TestContext.Current.CancellationToken);
        var bytes = result.Buffer.Slice(0, Math.Min(count, result.Buffer.Length)).ToArray();
        line.Input.AdvanceTo(result.Buffer.GetPosition(bytes.Length));
        return bytes;
    }

    /// <summary>Reads up to and including <paramref name="end"/>.</summary>
    internal async Task<byte[]> ReadThroughAsync(string end)
    {
        var wanted = Encoding.Latin1.GetBytes(end);
        while (true)
        {
            var result = await line.Input.ReadAsync(TestContext.Current.CancellationToken);
            var bytes = result.Buffer.ToArray();
            var found = bytes.AsSpan().IndexOf(wanted);
            if (found >= 0)
            {
                line.Input.AdvanceTo(result.Buffer.GetPosition(found + wanted.Length));
                return bytes[..(found + wanted.Length)];
            }

            Assert.False(result.IsCompleted, $"The line ended before '{end}' came; there was '{Visible(bytes)}'.");
            line.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static string Visible(byte[] bytes) => TranscriptText.Escape(bytes);
}
