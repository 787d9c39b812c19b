using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

public sealed class PollPolicyTests
{
    private readonly PollPolicy _policy = new();

    [Fact]
    public void An_idle_link_is_asked_less_than_once_in_five_seconds()
    {
        var asked = 0;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromHours(1); asked++)
        {
            now += _policy.Delay(now, isOwed: true);
            if (_policy.WantsStatus(now))
            {
                _policy.OnStatus(now);
            }
            else
            {
                _policy.OnRead(now, hadData: false, isKnown: false);
            }
        }

        Assert.InRange(asked, 1, 3600 / 5);
    }

    [Fact]
    public void Data_without_an_announcement_waits_a_second_at_most_while_an_answer_is_awaited()
    {
        _policy.OnRead(Seconds(10), hadData: true, isKnown: false);
        Assert.True(_policy.OnWrite(Seconds(12), isOwed: true));
        for (var now = Seconds(12); now < Seconds(42); _policy.OnRead(now, hadData: false, isKnown: false))
        {
            var delay = _policy.Delay(now, isOwed: true);
            Assert.InRange(delay, TimeSpan.FromTicks(1), Seconds(1));
            Assert.False(_policy.WantsStatus(now));
            now += delay;
        }
    }

    [Fact]
    public void Writing_on_and_on_does_not_put_the_question_off()
    {
        _policy.OnWrite(Seconds(10), isOwed: true);
        Assert.False(_policy.OnWrite(Seconds(10.9), isOwed: true));
        Assert.Equal(TimeSpan.Zero, _policy.Delay(Seconds(11), isOwed: true));
    }

    [Fact]
    public void An_answer_ends_the_waiting()
    {
        _policy.OnWrite(Seconds(10), isOwed: true);
        _policy.OnRead(Seconds(11), hadData: true, isKnown: false);
        Assert.Equal(PollPolicy.Idle, _policy.Delay(Seconds(11), isOwed: true));
    }

    [Fact]
    public void Writes_that_ask_for_nothing_are_no_reason_to_ask()
    {
        for (var second = 10; second < 70; second++)
        {
            Assert.False(_policy.OnWrite(Seconds(second), isOwed: false));
        }

        Assert.Equal(PollPolicy.Idle, _policy.Delay(Seconds(0), isOwed: false));
        Assert.True(_policy.OnWrite(Seconds(70), isOwed: true));
        Assert.Equal(PollPolicy.Awaiting, _policy.Delay(Seconds(70), isOwed: true));
    }

    [Fact]
    public void Whoever_knows_that_more_is_owed_goes_on_waiting_for_it()
    {
        _policy.OnWrite(Seconds(10), isOwed: true);
        _policy.OnRead(Seconds(39), hadData: true, isKnown: true);
        Assert.Equal(PollPolicy.Awaiting, _policy.Delay(Seconds(39), isOwed: true));
        Assert.Equal(PollPolicy.Idle, _policy.Delay(Seconds(39), isOwed: false));
        Assert.True(_policy.OnWrite(Seconds(40), isOwed: true)); // who slept until the sixth second wakes for it
        Assert.Equal(PollPolicy.Awaiting, _policy.Delay(Seconds(40), isOwed: true));
    }

    [Fact]
    public void What_is_not_answered_for_long_is_not_awaited_any_more()
    {
        _policy.OnWrite(Seconds(10), isOwed: true);
        _policy.OnRead(Seconds(40), hadData: false, isKnown: false);
        Assert.Equal(PollPolicy.Idle, _policy.Delay(Seconds(40), isOwed: true));
        Assert.True(_policy.OnWrite(Seconds(41), isOwed: true));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
