using Sim800.Mqtt.Composition;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A host without a battery-backed clock wakes up in 1970; the modem knows better.</summary>
public sealed class ModemTimeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_host_without_a_clock_judges_the_certificate_by_the_modems_time()
    {
        await using var rig = new Rig(broker: new LoopbackBrokerOptions { Tls = true });
        await using var client = await rig.ConnectAsync(rig.Options with { TimeProvider = new UnsetClock() });
        await client.PublishAsync("t", "judged"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
        Assert.Equal(1, rig.Received["judged"]);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_host_and_a_modem_without_a_clock_are_told_so()
    {
        var clock = new UnsetClock();
        await using var rig = new Rig(broker: new LoopbackBrokerOptions { Tls = true });
        var time = new TlsTrustedTime(clock);
        var options = rig.Options with { TimeProvider = clock, Tls = rig.Options.Tls! with { TrustedTime = time } };
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => rig.ConnectOnceAsync(options));
        var reason = refusal as TlsCertificateException ?? refusal.InnerException as TlsCertificateException;
        Assert.NotNull(reason);
        Assert.Equal(TlsCertificateStatus.ClockUnset, reason.Status);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_set_clock_asks_the_modem_nothing()
    {
        var asked = 0;
        var time = ModemTime.For(TimeProvider.System, () =>
        {
            asked++;
            return null;
        });
        Assert.InRange(await time.GetUtcNowAsync(Token), TlsTrustedTime.ReleaseDate, DateTimeOffset.MaxValue);
        Assert.Equal(0, asked);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_modem_nobody_knows()
    {
        var time = ModemTime.For(new UnsetClock(), () => null);
        var refusal = await Assert.ThrowsAsync<TlsCertificateException>(() => time.GetUtcNowAsync(Token).AsTask());
        Assert.Contains("the mobile network, the modem's clock, NTP by the modem", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class UnsetClock : TimeProvider
    {
        private static readonly TimeSpan Behind = TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - Behind;
    }
}
