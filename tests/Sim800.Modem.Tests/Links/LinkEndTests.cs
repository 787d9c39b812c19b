using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

public sealed class LinkEndTests
{
    [Fact]
    public void The_first_reason_is_the_reason_and_everybody_is_told_once()
    {
        var told = new List<TcpLinkReason?>();
        LinkEnd end = null!;
        end = new LinkEnd(() => told.Add(end.Reason?.Reason));
        Assert.False(end.HasEnded);
        end.TryEnd(new TcpLinkException(TcpLinkReason.Vanished));
        end.TryEnd(new TcpLinkException(TcpLinkReason.LineClosed));
        Assert.Equal([TcpLinkReason.Vanished], told);
        Assert.Same(end.Reason, Assert.Throws<TcpLinkException>(end.ThrowIfEnded));
    }

    [Fact(Timeout = 120_000)]
    public async Task Of_many_who_give_a_reason_at_once_one_wins()
    {
        for (var round = 0; round < 100; round++)
        {
            var told = 0;
            var end = new LinkEnd(() => Interlocked.Increment(ref told));
            var reasons = Enum.GetValues<TcpLinkReason>().Select(reason => new TcpLinkException(reason)).ToList();
            using var start = new ManualResetEventSlim();
            var racers = reasons.Select(reason => Task.Run(() =>
            {
                start.Wait(TestContext.Current.CancellationToken);
                end.TryEnd(reason);
                return end.Reason;
            }, TestContext.Current.CancellationToken)).ToList();
            start.Set();
            var seen = await Task.WhenAll(racers);
            Assert.Equal(1, told);
            Assert.All(seen, reason => Assert.Same(end.Reason, reason));
        }
    }

    [Fact]
    public void Who_begins_to_close_does_it_alone_and_the_link_is_not_open_to_others()
    {
        var end = new LinkEnd(() => { });
        Assert.True(end.IsOpen);
        Assert.True(end.TryBeginClose());
        Assert.False(end.TryBeginClose());
        Assert.False(end.IsOpen);
        Assert.False(end.HasEnded);
    }

    [Fact]
    public void A_close_by_either_side_is_no_failure_and_the_peers_is_the_end_of_the_stream()
    {
        foreach (var reason in Enum.GetValues<TcpLinkReason>())
        {
            var end = new LinkEnd(() => { });
            end.TryEnd(new TcpLinkException(reason));
            Assert.Equal(reason is not (TcpLinkReason.ClosedByPeer or TcpLinkReason.Disposed), end.Failure is not null);
            Assert.Equal(reason is not TcpLinkReason.ClosedByPeer, end.OfReader is not null);
        }
    }
}
