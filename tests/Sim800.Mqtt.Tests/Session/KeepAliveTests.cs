using Sim800.Mqtt.Session;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;

namespace Sim800.Mqtt.Tests.Session;

public sealed class KeepAliveTests(ITestOutputHelper output)
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    [Statement("MQTT-3.1.2-23")]
    public void An_idle_link_is_pinged_before_the_keep_alive_has_passed()
    {
        var machine = new KeepAlive(TimeSpan.FromSeconds(60), now: 0);
        Assert.Equal(54 * Second, machine.NextDeadline);
        Assert.Equal(KeepAliveStep.Wait, machine.OnDeadline((54 * Second) - 1));
        Assert.Equal(KeepAliveStep.Ping, machine.OnDeadline(54 * Second));
        machine.OnSent(54 * Second, everything: true);
        machine.OnReceived(55 * Second);
        Assert.Equal(KeepAliveStep.Ping, machine.OnDeadline(108 * Second));
    }

    [Fact]
    public void A_PINGRESP_that_is_read_before_its_PINGREQ_is_noted_as_sent_counts()
    {
        var machine = new KeepAlive(TimeSpan.FromSeconds(60), now: 0);
        Assert.Equal(KeepAliveStep.Ping, machine.OnDeadline(54 * Second));
        machine.OnReceived(55 * Second);
        machine.OnPong();
        machine.OnSent(55 * Second, everything: true);
        Assert.Equal(109 * Second, machine.NextDeadline);
        Assert.Equal(KeepAliveStep.Ping, machine.OnDeadline(109 * Second));
    }

    [Fact]
    public void Silence_counts_from_what_was_received_last()
    {
        var machine = new KeepAlive(TimeSpan.FromSeconds(60), now: 10 * Second);
        Assert.Equal(TimeSpan.FromSeconds(5), machine.Silence(15 * Second));
        machine.OnReceived(16 * Second);
        Assert.Equal(TimeSpan.FromSeconds(4), machine.Silence(20 * Second));
    }

    [Fact]
    public void A_long_keep_alive_leaves_ten_seconds_for_the_ping() =>
        Assert.Equal(290 * Second, new KeepAlive(TimeSpan.FromSeconds(300), now: 0).NextDeadline);

    [Fact]
    public void Zero_turns_it_off()
    {
        var machine = new KeepAlive(TimeSpan.Zero, now: 0);
        Assert.Equal(long.MaxValue, machine.NextDeadline);
        Assert.Equal(KeepAliveStep.Wait, machine.OnDeadline(long.MaxValue - 1));
    }

    [Fact]
    public void Publishing_does_not_hide_a_dead_link()
    {
        var machine = new KeepAlive(TimeSpan.FromSeconds(60), now: 0);
        var pinged = false;
        for (var now = 0L; now < 90 * Second; now += Second)
        {
            machine.OnSent(now, everything: true);
            var step = machine.OnDeadline(now);
            Assert.NotEqual(KeepAliveStep.Dead, step);
            pinged |= step == KeepAliveStep.Ping;
        }

        Assert.True(pinged);
        Assert.Equal(KeepAliveStep.Dead, machine.OnDeadline(90 * Second));
        Assert.Equal(90, machine.Silence(90 * Second).TotalSeconds);
    }

    [Fact]
    public void Receiving_does_not_replace_sending()
    {
        var machine = new KeepAlive(TimeSpan.FromSeconds(60), now: 0);
        for (var now = 0L; now < 54 * Second; now += Second)
        {
            machine.OnReceived(now);
            Assert.Equal(KeepAliveStep.Wait, machine.OnDeadline(now));
        }

        Assert.Equal(KeepAliveStep.Ping, machine.OnDeadline(54 * Second));
    }

    [Fact]
    public void A_large_packet_that_gets_on_delays_the_verdict_and_one_that_does_not_does_not()
    {
        var machine = new KeepAlive(TimeSpan.FromSeconds(60), now: 0);
        Assert.Equal(KeepAliveStep.Ping, machine.OnDeadline(54 * Second));
        for (var now = 54 * Second; now < 300 * Second; now += 20 * Second)
        {
            machine.OnSent(now, everything: false);
            Assert.Equal(KeepAliveStep.Wait, machine.OnDeadline(now + (19 * Second)));
        }

        Assert.Equal(KeepAliveStep.Dead, machine.OnDeadline((294 + 30) * Second));

        machine = new KeepAlive(TimeSpan.FromSeconds(60), now: 0);
        Assert.Equal(KeepAliveStep.Ping, machine.OnDeadline(54 * Second));
        Assert.Equal(KeepAliveStep.Dead, machine.OnDeadline(90 * Second));
    }

    [Fact]
    public void Whatever_is_sent_a_silent_server_is_given_up_within_one_and_a_half_times_the_keep_alive()
    {
        var seed = Seed.Fresh();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var interval = TimeSpan.FromSeconds(random.Next(1, 600));
            var machine = new KeepAlive(interval, now: 0);
            var (now, lastSent) = (0L, 0L);
            KeepAliveStep step;
            do
            {
                now = Math.Min(machine.NextDeadline, now + random.NextInt64(1, interval.Ticks));
                step = machine.OnDeadline(now);
                if (step == KeepAliveStep.Ping || random.Next(2) == 0)
                {
                    machine.OnSent(lastSent = now, everything: true);
                }

                Assert.True(now - lastSent <= interval.Ticks * 3 / 2);
            }
            while (step != KeepAliveStep.Dead);

            Assert.Equal(interval.Ticks * 3 / 2, now);
        }
    }
}
