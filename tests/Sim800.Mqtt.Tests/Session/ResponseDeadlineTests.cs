using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

public sealed class ResponseDeadlineTests
{
    private readonly ResponseDeadline _deadline = new(TimeSpan.FromTicks(100));

    [Fact]
    public void Who_awaits_nothing_has_no_deadline()
    {
        Assert.Equal(long.MaxValue, _deadline.NextDeadline);
        _deadline.Update(isAwaiting: false, isProgress: true, now: 5);
        Assert.Equal(long.MaxValue, _deadline.NextDeadline);
    }

    [Fact]
    public void The_deadline_is_counted_from_the_request_on_and_anew_from_each_progress()
    {
        _deadline.Update(isAwaiting: true, isProgress: false, now: 5);
        Assert.Equal(105, _deadline.NextDeadline);
        _deadline.Update(isAwaiting: true, isProgress: false, now: 50);
        Assert.Equal(105, _deadline.NextDeadline);
        _deadline.Update(isAwaiting: true, isProgress: true, now: 60);
        Assert.Equal(160, _deadline.NextDeadline);
        _deadline.Update(isAwaiting: false, isProgress: false, now: 70);
        Assert.Equal(long.MaxValue, _deadline.NextDeadline);
    }
}
