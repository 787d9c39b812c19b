using System.IO.Pipelines;
using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

public sealed class LinkTableTests
{
    private readonly LinkTable _table = new(count: 6);
    private readonly Pipe _pipe = new();

    [Fact]
    public void Pushed_bytes_are_no_part_of_the_answer_to_a_read()
    {
        var window = new ReadWindow(_pipe.Writer, size: 1460);
        Open(window);
        Assert.True(window.TryOpen());
        _table.BeginRead(0, 2, 0);
        _table.Append("hi"u8);
        _table.BeginPush(0, 5);
        _table.Append("hello"u8);
        _table.Slip();
        Assert.True(window.IsWhole);
    }

    [Fact]
    public void The_answer_to_a_read_is_nothing_that_was_pushed()
    {
        var end = new LinkEnd(() => { });
        var pushed = new PushedData(_pipe.Writer, end);
        Open(pushed);
        _table.BeginPush(0, 5);
        _table.Append("hel"u8);
        _table.BeginRead(0, 2, 0);
        _table.Append("hi"u8);
        _table.Slip();
        Assert.Equal(3, pushed.ReceivedBytes);
        Assert.False(end.HasEnded);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(6)]
    public void Bytes_of_a_link_that_is_not_open_are_nobodys(int link)
    {
        var pushed = new PushedData(_pipe.Writer, new LinkEnd(() => { }));
        Open(pushed);
        _table.BeginPush(0, 5);
        _table.BeginPush(link, 5);
        _table.Append("hello"u8);
        Assert.Equal(0, pushed.ReceivedBytes);
    }

    private void Open(IReceivedBytes received)
    {
        var slot = _table.TryTake(_ => throw new InvalidOperationException("Opened below."), most: 6)!;
        slot.Open(new Link(received));
    }

    private sealed class Link(IReceivedBytes received) : TcpLink((4096, 2048), (4096, 2048))
    {
        internal override long SentBytes => 0;

        internal override long ReceivedBytes => 0;

        internal override IReceivedBytes Received => received;

        internal override ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        internal override ValueTask CloseAsync() => ValueTask.CompletedTask;

        internal override void OnUrc(in Urc urc) => throw new NotSupportedException();

        protected override void OnEnded() => throw new NotSupportedException();
    }
}
