using Sim800.Mqtt.Composition;

namespace Sim800.Mqtt.Tests.Composition;

public sealed class BackoffTests
{
    private static readonly Sim800ReconnectOptions Options = new() { Jitter = 0 };

    [Fact]
    public void Pauses_double_up_to_the_longest()
    {
        var backoff = new Backoff(Options);

        var pauses = Enumerable.Range(0, 10).Select(_ => backoff.Next(MqttFailureClass.Transient, TimeSpan.Zero, 0.5).TotalSeconds);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 120, 120, 120], pauses);
        Assert.Equal(10, backoff.Failures);
    }

    [Fact]
    public void A_thousand_failures_overflow_nothing()
    {
        var backoff = new Backoff(Options);
        for (var failure = 0; failure < 1000; failure++)
        {
            Assert.InRange(backoff.Next(MqttFailureClass.Transient, TimeSpan.Zero, 0.5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        }
    }

    [Fact]
    public void A_connection_that_lasted_resets_the_pauses_and_one_that_did_not_does_not()
    {
        var backoff = new Backoff(Options);
        backoff.Next(MqttFailureClass.Transient, TimeSpan.Zero, 0.5);
        backoff.Next(MqttFailureClass.Transient, TimeSpan.FromSeconds(29), 0.5);

        Assert.Equal(TimeSpan.FromSeconds(4), backoff.Next(MqttFailureClass.Transient, TimeSpan.FromSeconds(29), 0.5));
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next(MqttFailureClass.Transient, TimeSpan.FromSeconds(30), 0.5));
        Assert.Equal(1, backoff.Failures);
    }

    [Fact]
    public void An_attempt_that_never_connected_is_no_success_even_when_everything_counts_as_stable()
    {
        var backoff = new Backoff(Options with { StableAfter = TimeSpan.Zero });
        backoff.Next(MqttFailureClass.Transient, TimeSpan.Zero, 0.5);

        Assert.Equal(TimeSpan.FromSeconds(2), backoff.Next(MqttFailureClass.Transient, TimeSpan.Zero, 0.5));
    }

    [Fact]
    public void Failures_in_a_row_that_somebody_has_to_mend_are_borne_as_often_as_the_options_say()
    {
        var backoff = new Backoff(Options with { PersistentFailures = 2 });
        backoff.Next(MqttFailureClass.Persistent, TimeSpan.Zero, 0.5);
        backoff.Next(MqttFailureClass.Transient, TimeSpan.Zero, 0.5);
        backoff.Next(MqttFailureClass.Persistent, TimeSpan.Zero, 0.5);
        backoff.Next(MqttFailureClass.Persistent, TimeSpan.FromSeconds(30), 0.5);
        Assert.False(backoff.IsExhausted);

        backoff.Next(MqttFailureClass.Persistent, TimeSpan.FromSeconds(29), 0.5);

        Assert.True(backoff.IsExhausted);
    }

    [Fact]
    public void Without_such_a_number_they_are_borne_for_ever()
    {
        var backoff = new Backoff(Options);
        for (var failure = 0; failure < 1000; failure++)
        {
            backoff.Next(MqttFailureClass.Persistent, TimeSpan.Zero, 0.5);
        }

        Assert.False(backoff.IsExhausted);
    }

    [Fact]
    public void What_somebody_has_to_mend_waits_the_longest_pause() =>
        Assert.Equal(TimeSpan.FromMinutes(2), new Backoff(Options).Next(MqttFailureClass.Persistent, TimeSpan.FromHours(1), 0.5));

    [Theory]
    [InlineData(0, 0.8)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1.2)]
    public void Chance_moves_the_pause_within_the_jitter(double chance, double seconds) =>
        Assert.Equal(seconds, new Backoff(new Sim800ReconnectOptions()).Next(MqttFailureClass.Transient, TimeSpan.Zero, chance).TotalSeconds, 6);

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Refused(Options with { FirstDelay = TimeSpan.Zero });
        Refused(Options with { LongestDelay = TimeSpan.FromMilliseconds(999) });
        Refused(Options with { StableAfter = TimeSpan.FromTicks(-1) });
        Refused(Options with { PersistentFailures = 0 });
        Refused(Options with { Jitter = -0.1 });
        Refused(Options with { Jitter = 1.1 });
        Refused(Options with { Jitter = double.NaN });
        Options.Validate();
    }

    private static void Refused(Sim800ReconnectOptions options) => Assert.Throws<ArgumentOutOfRangeException>(options.Validate);
}
