using System.Globalization;
using System.Text;
using Sim800.Modem;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>What goes wrong between a modem and a server, with messages of QoS 1 and 2 under way all the time.</summary>
[Collection(VirtualTime.Name)]
public sealed class FaultTests
{
    private const int Count = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("pdp-deact=20s")]
    [InlineData("reboot@20s")]
    [InlineData("send-fail=3@20s")]
    [InlineData("slow-send=10s@20s")]
    [InlineData("closed-in-send=1@20s")]
    [InlineData("remote-close@20s")]
    [InlineData("registration-lost=45s@20s")]
    [InlineData("hang=60s@20s")]
    [InlineData("mux-lost@20s")]
    [InlineData("brown-out=1@20s")]
    [InlineData("prompt-lost=1@20s")]
    [InlineData("echo-back@20s")]
    [InlineData("missing-receive-notice=5@20s")]
    [InlineData("truncated-read=1@20s")]
    public async Task Every_message_arrives_and_the_subscription_lives_on_in_spite_of(string fault)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(
            clock,
            new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600), Faults = FaultPlan.Parse(fault) },
            new LoopbackBrokerOptions { Tls = true });
        await using var client = await rig.ConnectAsync(AtModemSpeed(rig));
        await using var commands = await client.SubscribeAsync("commands/#", cancellationToken: Token);

        await PublishAllAsync(client, clock);
        rig.Broker.Publish("commands/x", "still there"u8.ToArray(), qos: 1);
        var command = await commands.ReadAsync(Token);

        Assert.Equal("still there", Encoding.UTF8.GetString(command.Payload.Span));
        AssertAllReceived(rig, exactlyOnce: true);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemReceiveMode.Manual)]
    [InlineData(ModemReceiveMode.Transparent)]
    public async Task A_modem_that_connects_no_more_is_restarted(ModemReceiveMode receiveMode)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(
            clock, new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600), Faults = FaultPlan.Parse("connect-never@20s", "remote-close@21s") });
        var options = AtModemSpeed(rig);
        await using var client = await rig.ConnectAsync(options with { Modem = options.Modem with { ReceiveMode = receiveMode } });

        await PublishAllAsync(client, clock);

        AssertAllReceived(rig, exactlyOnce: true);
        Assert.Equal(1, client.Modem!.RecoveryCount(ModemRecoveryRung.Restart));
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_message_arrives_in_spite_of_a_server_that_restarts_and_forgets()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(
            clock, new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600) }, new LoopbackBrokerOptions { Tls = false });
        await using var client = await rig.ConnectAsync(AtModemSpeed(rig));
        await using var commands = await client.SubscribeAsync("commands/#", cancellationToken: Token);

        var publishing = PublishAllAsync(client, clock);
        await Task.Delay(TimeSpan.FromSeconds(20), clock, Token);
        await rig.RestartBrokerAsync();
        await publishing;
        rig.Broker.Publish("commands/x", "still there"u8.ToArray(), qos: 1);
        await commands.ReadAsync(Token);

        AssertAllReceived(rig, exactlyOnce: false);
        Assert.True(client.Status.Connections > 1);
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_message_arrives_in_spite_of_a_connection_that_dies_without_a_word()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(
            clock, new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600) }, new LoopbackBrokerOptions { Tls = true });
        await using var client = await rig.ConnectAsync(AtModemSpeed(rig));

        var publishing = PublishAllAsync(client, clock);
        await Task.Delay(TimeSpan.FromSeconds(20), clock, Token);
        rig.FreezeConnections();
        await publishing;

        AssertAllReceived(rig, exactlyOnce: true);
        Assert.True(client.Status.Connections > 1);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_dead_link_is_noticed_within_one_and_a_half_keep_alives_also_while_publishing()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600) });
        await using var client = await rig.ConnectAsync(AtModemSpeed(rig));
        rig.FreezeConnections();
        var dead = clock.Elapsed;
        using var enough = new CancellationTokenSource();
        var chatter = ChatterAsync(client, clock, enough.Token);

        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.State is not MqttClientState.Connected)
            {
                break;
            }
        }

        Assert.InRange(clock.Elapsed - dead, TimeSpan.Zero, TimeSpan.FromSeconds(30 * 1.5) + TimeSpan.FromSeconds(12));
        await enough.CancelAsync();
        await chatter;
    }

    private static async Task ChatterAsync(Sim800MqttClient client, VirtualClock clock, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await client.PublishAsync("chatter", "x"u8.ToArray(), cancellationToken: enough);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, enough);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static Sim800MqttClientOptions AtModemSpeed(Rig rig) =>
        rig.Options with { Modem = rig.Options.Modem with { BaudRate = 115_200 } };

    private static async Task PublishAllAsync(Sim800MqttClient client, VirtualClock clock)
    {
        var publishing = new List<Task>();
        for (var number = 0; number < Count; number++)
        {
            var qos = number % 2 == 0 ? MqttQoS.AtLeastOnce : MqttQoS.ExactlyOnce;
            var payload = Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
            publishing.Add(client.PublishAsync("t", payload, qos, cancellationToken: Token).AsTask());
            await Task.Delay(TimeSpan.FromSeconds(1), clock, Token);
        }

        await Task.WhenAll(publishing).WaitAsync(TimeSpan.FromMinutes(60), clock, Token);
    }

    private static void AssertAllReceived(Rig rig, bool exactlyOnce)
    {
        var received = rig.Received;
        for (var number = 0; number < Count; number++)
        {
            var count = received.GetValueOrDefault(number.ToString(CultureInfo.InvariantCulture));
            Assert.True(count >= 1, $"message {number} is lost");
            Assert.True(count == 1 || !exactlyOnce || number % 2 == 0, $"message {number} of QoS 2 arrived {count} times");
        }
    }
}
