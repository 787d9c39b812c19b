using Sim800.Modem.Dialects;
using Sim800.Modem.Recovery;

namespace Sim800.Modem.Tests.Recovery;

public sealed class RestartWatchTests
{
    private readonly RestartWatch _watch = new(new Sim800Dialect().IsBootTail);

    [Fact]
    public void The_last_lines_of_a_known_boot_are_no_restart()
    {
        Assert.False(_watch.OnSign("Call Ready", Minutes(0.1)));
        Assert.False(_watch.OnSign("SMS Ready", Minutes(0.2)));
        Assert.Equal(0, _watch.Count);
    }

    [Fact]
    public void The_same_lines_much_later_are_one() => Assert.True(_watch.OnSign("Call Ready", Minutes(5)));

    [Fact]
    public void RDY_is_always_one_and_its_tail_is_not_a_second()
    {
        Assert.True(_watch.OnSign("RDY", Minutes(0.5)));
        Assert.False(_watch.OnSign("Call Ready", Minutes(0.6)));
        Assert.Equal(1, _watch.Count);
    }

    [Fact]
    public void The_tail_of_a_restart_that_the_driver_wanted_is_none()
    {
        _watch.OnExpectedStart(Minutes(30));
        Assert.False(_watch.OnSign("SMS Ready", Minutes(30.5)));
    }

    [Fact]
    public void Three_within_ten_minutes_are_too_many()
    {
        _watch.OnSign("RDY", Minutes(1));
        _watch.OnSign("RDY", Minutes(4));
        Assert.False(_watch.KeepsRestarting);
        _watch.OnSign("RDY", Minutes(8));
        Assert.True(_watch.KeepsRestarting);
    }

    [Fact]
    public void Old_restarts_are_forgotten()
    {
        _watch.OnSign("RDY", Minutes(1));
        _watch.OnSign("RDY", Minutes(4));
        _watch.OnSign("RDY", Minutes(30));
        Assert.Equal(1, _watch.Count);
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
