using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

public sealed class DeliveryWatchTests
{
    private readonly DeliveryWatch _watch = new();

    [Fact]
    public void Bytes_that_stay_on_their_way_for_minutes_are_the_end()
    {
        Assert.False(_watch.IsDead(new TcpAcknowledgement(100, 60, 40), Minutes(0)));
        Assert.False(_watch.IsDead(new TcpAcknowledgement(120, 60, 60), Minutes(2)));
        Assert.True(_watch.IsDead(new TcpAcknowledgement(120, 60, 60), Minutes(3)));
    }

    [Fact]
    public void Any_progress_begins_the_time_anew()
    {
        _watch.IsDead(new TcpAcknowledgement(100, 60, 40), Minutes(0));
        Assert.False(_watch.IsDead(new TcpAcknowledgement(100, 61, 39), Minutes(3)));
        Assert.False(_watch.IsDead(new TcpAcknowledgement(100, 61, 39), Minutes(5)));
        Assert.True(_watch.IsDead(new TcpAcknowledgement(100, 61, 39), Minutes(6)));
    }

    [Fact]
    public void So_does_anything_that_was_received()
    {
        _watch.IsDead(new TcpAcknowledgement(100, 60, 40), Minutes(0));
        _watch.OnReceived();
        Assert.False(_watch.IsDead(new TcpAcknowledgement(100, 60, 40), Minutes(4)));
    }

    [Fact]
    public void Nothing_on_its_way_is_no_reason_to_worry() =>
        Assert.False(_watch.IsDead(new TcpAcknowledgement(100, 100, 0), Minutes(60)) || _watch.IsDead(new TcpAcknowledgement(100, 100, 0), Minutes(99)));

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
