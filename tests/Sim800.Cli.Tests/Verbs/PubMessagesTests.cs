using System.Text;
using Sim800.Cli.Verbs;
using TestKit;

namespace Sim800.Cli.Tests.Verbs;

public sealed class PubMessagesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a")]
    [InlineData("a\n", "a")]
    [InlineData("a\r\nb\n", "a\r|b")]
    [InlineData("a\n\nb", "a||b")]
    [InlineData("a\rb\nc", "a\rb|c")]
    public async Task Each_line_is_a_message(string input, string expected)
    {
        foreach (var split in Splits.Of(input.Length))
        {
            using var stream = new SlowStream(Encoding.UTF8.GetBytes(input), split);
            var lines = new List<string>();
            await foreach (var line in PubMessages.LinesAsync(stream, TestContext.Current.CancellationToken))
            {
                lines.Add(Encoding.UTF8.GetString(line.Span));
            }

            Assert.Equal(expected, string.Join('|', lines));
        }
    }

    [Fact]
    public async Task An_empty_standard_input_is_not_sent_as_a_message()
    {
        var request = new PubRequest { Topic = "t", Source = PubSource.Whole, Retain = true };
        await Assert.ThrowsAsync<UsageException>(() => PubMessages.WholeAsync(request, Stream.Null, TestContext.Current.CancellationToken));
        using var one = new MemoryStream([0]);
        Assert.Equal([0], (await PubMessages.WholeAsync(request, one, TestContext.Current.CancellationToken))!.Value.ToArray());
    }

    [Fact]
    public async Task A_line_without_an_end_is_refused_before_it_fills_the_memory()
    {
        using var stream = new MemoryStream(new byte[3 * 1024 * 1024]);
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in PubMessages.LinesAsync(stream, TestContext.Current.CancellationToken))
            {
                Assert.Fail("There is no line.");
            }
        });
    }

    [Fact]
    public async Task Control_c_does_not_wait_for_a_console_that_knows_no_cancellation()
    {
        using var stop = new CancellationTokenSource();
        using var stream = new DeafStream();
        var lines = PubMessages.LinesAsync(stream, stop.Token).GetAsyncEnumerator(stop.Token);
        var line = lines.MoveNextAsync().AsTask();
        var all = PubMessages.WholeAsync(new PubRequest { Topic = "t", Source = PubSource.Whole }, stream, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => line);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
    }

    /// <summary>Neither data nor cancellation ends a read.</summary>
    private sealed class DeafStream : MemoryStream
    {
        private readonly TaskCompletionSource<int> _never = new();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(_never.Task);
    }

    /// <summary>Gives its bytes in the pieces asked for.</summary>
    private sealed class SlowStream(byte[] bytes, int[] pieces) : MemoryStream(bytes)
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _next < pieces.Length ? base.ReadAsync(buffer[..pieces[_next++]], cancellationToken) : ValueTask.FromResult(0);
    }
}
