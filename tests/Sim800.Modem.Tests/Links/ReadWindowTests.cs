using System.Buffers;
using System.IO.Pipelines;
using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

public sealed class ReadWindowTests
{
    private readonly Pipe _pipe = new();
    private readonly ReadWindow _window;

    public ReadWindowTests() => _window = new ReadWindow(_pipe.Writer, size: 1460);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Bytes_count_when_all_of_them_are_there()
    {
        Assert.True(_window.TryOpen());
        Assert.False(_window.IsWhole);
        _window.Announce(5, 7);
        _window.Append("hel"u8);
        Assert.False(_window.IsWhole);
        _window.Append("lo"u8);
        Assert.True(_window.IsWhole);
        Assert.Equal((5, 7), (_window.Announced, _window.Left));
        _pipe.Writer.Advance(5);
        await _pipe.Writer.FlushAsync(Ct);
        Assert.Equal("hello"u8.ToArray(), (await _pipe.Reader.ReadAsync(Ct)).Buffer.ToArray());
    }

    [Fact]
    public void A_slip_spoils_them()
    {
        Assert.True(_window.TryOpen());
        _window.Announce(2, 0);
        _window.Append("hi"u8);
        _window.Slip();
        Assert.False(_window.IsWhole);
    }

    [Fact]
    public void More_than_there_is_room_for_is_never_whole()
    {
        Assert.True(_window.TryOpen());
        _window.Announce(5000, 0);
        _window.Append(new byte[5000]);
        Assert.False(_window.IsWhole);
    }

    [Fact]
    public void After_its_end_nothing_is_written_into_it()
    {
        Assert.True(_window.TryOpen());
        _window.Announce(2, 0);
        _window.Close();
        _window.Append("hi"u8);
        Assert.False(_window.IsWhole);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_end_does_not_wait_for_an_answer_that_has_not_begun()
    {
        Assert.True(_window.TryOpen());
        _window.CompleteUnlessReceiving();
        Assert.True((await _pipe.Reader.ReadAsync(Ct)).IsCompleted);
        _window.Announce(2, 0);
        _window.Append("hi"u8);
        Assert.False(_window.IsWhole);
        Assert.False(_window.TryOpen());
    }

    [Fact(Timeout = 120_000)]
    public async Task An_answer_that_is_coming_in_still_counts()
    {
        Assert.True(_window.TryOpen());
        _window.Announce(2, 0);
        _window.CompleteUnlessReceiving();
        _window.Append("hi"u8);
        Assert.True(_window.IsWhole);
        _pipe.Writer.Advance(2);
        _window.Complete();
        _window.Complete();
        var read = await _pipe.Reader.ReadAsync(Ct);
        Assert.Equal("hi"u8.ToArray(), read.Buffer.ToArray());
        Assert.True(read.IsCompleted);
    }
}
