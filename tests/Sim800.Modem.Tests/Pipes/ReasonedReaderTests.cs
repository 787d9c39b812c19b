using System.Buffers;
using System.IO.Pipelines;
using Sim800.Pipes;

namespace Sim800.Modem.Tests.Pipes;

public sealed class ReasonedReaderTests
{
    private readonly Pipe _pipe = new();
    private readonly ReasonedReader _reader;
    private Exception? _reason;

    public ReasonedReaderTests() => _reader = new ReasonedReader(_pipe.Reader, () => _reason);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Whatever_came_is_given_before_the_reason_in_pieces_of_any_size(int piece)
    {
        await _pipe.Writer.WriteAsync("abcdefg"u8.ToArray(), Ct);
        await EndAsync();
        var read = new List<byte>();
        var reason = await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (true)
            {
                var result = await _reader.ReadAsync(Ct);
                var taken = result.Buffer.Slice(0, Math.Min(piece, result.Buffer.Length));
                read.AddRange(taken.ToArray());
                _reader.AdvanceTo(taken.End);
            }
        });
        Assert.Equal(("abcdefg", "the reason"), (Text(read), reason.Message));
    }

    [Fact]
    public async Task A_reader_that_waits_for_more_than_will_come_gets_the_reason()
    {
        await _pipe.Writer.WriteAsync("abc"u8.ToArray(), Ct);
        await EndAsync();
        var result = await _reader.ReadAsync(Ct);
        _reader.AdvanceTo(result.Buffer.GetPosition(1), result.Buffer.End);
        await Assert.ThrowsAsync<IOException>(async () => await _reader.ReadAsync(Ct));
        await Assert.ThrowsAsync<IOException>(async () => await _reader.ReadAsync(Ct));
    }

    [Fact]
    public async Task Bytes_that_come_together_with_the_end_are_given_to_a_reader_that_has_seen_the_rest()
    {
        await _pipe.Writer.WriteAsync("ab"u8.ToArray(), Ct);
        var seen = await _reader.ReadAsync(Ct);
        _reader.AdvanceTo(seen.Buffer.Start, seen.Buffer.End);
        await _pipe.Writer.WriteAsync("c"u8.ToArray(), Ct);
        await EndAsync();
        var result = await _reader.ReadAsync(Ct);
        Assert.Equal("abc"u8, result.Buffer.ToArray());
        Assert.False(result.IsCompleted);
        _reader.AdvanceTo(result.Buffer.End);
        Assert.Throws<IOException>(() => _reader.TryRead(out _));
    }

    [Fact]
    public async Task An_end_without_a_reason_is_an_end()
    {
        await _pipe.Writer.CompleteAsync();
        Assert.True((await _reader.ReadAsync(Ct)).IsCompleted);
    }

    private static string Text(List<byte> bytes) => System.Text.Encoding.ASCII.GetString(bytes.ToArray());

    private async Task EndAsync()
    {
        _reason = new IOException("the reason");
        await _pipe.Writer.CompleteAsync();
    }
}
