using System.Security.Authentication;
using Sim800.Modem;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>From the open TCP connection to PUBACK of a first message of QoS 1: what it costs on a slow link, counted.</summary>
[Collection(VirtualTime.Name)]
public sealed class RoundTripTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Plain_one_round_trip_and_one_send()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = Slow(clock, new LoopbackBrokerOptions());

        Assert.Equal((1, 1), await FirstConfirmationAsync(rig, rig.Options));
    }

    [Fact(Timeout = 120_000)]
    public async Task Tls12_three_round_trips_and_when_resumed_two()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = Slow(clock, new LoopbackBrokerOptions { Tls = true, TlsVersions = SslProtocols.Tls12 });
        var options = rig.Options with { Tls = rig.Options.Tls! with { SessionCache = new TlsInMemorySessionCache() } };

        Assert.Equal((3, 3), await FirstConfirmationAsync(rig, options));
        Assert.Equal((2, 2), await FirstConfirmationAsync(rig, options));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_reconnect_resumes_the_tls_session_without_being_told_to_keep_it()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = Slow(clock, new LoopbackBrokerOptions { Tls = true, TlsVersions = SslProtocols.Tls12 });
        var steps = new Steps();
        await using var client = await rig.ConnectAsync(At115200(rig, rig.Options with { Progress = steps }));
        var before = rig.Modem.Counters;

        rig.Modem.Inject(Fault.Parse("reboot"));
        await WhenConnectedAgainAsync(client);

        var after = rig.Modem.Counters;
        Assert.EndsWith("resumed", steps.All.Last(step => step is { Stage: Sim800Stage.Tls, Kind: Sim800ProgressKind.Completed }).Detail);
        Assert.Equal(1, after.Connections - before.Connections);
    }

    private static async Task WhenConnectedAgainAsync(Sim800MqttClient client)
    {
        await foreach (var status in client.WatchAsync(Token))
        {
            if (status is { State: MqttClientState.Connected, Connections: > 1 })
            {
                return;
            }
        }
    }

    private static Rig Slow(VirtualClock clock, LoopbackBrokerOptions broker) =>
        new(clock, new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600) }, broker);

    private static Sim800MqttClientOptions At115200(Rig rig, Sim800MqttClientOptions options) =>
        options with { Modem = rig.Options.Modem with { BaudRate = 115_200 } };

    private static async Task<(long RoundTrips, long Sends)> FirstConfirmationAsync(Rig rig, Sim800MqttClientOptions options)
    {
        var before = rig.Modem.Counters;
        await using var client = Sim800MqttClient.Start(rig.Modem.Line, At115200(rig, options));

        await client.PublishAsync("t", "first"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);

        var after = rig.Modem.Counters;
        return (after.RoundTrips - before.RoundTrips, after.CipSends - before.CipSends);
    }
}
