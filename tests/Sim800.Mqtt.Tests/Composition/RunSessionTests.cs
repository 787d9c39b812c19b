using System.Text;
using Sim800.Mqtt.Tests.Brokers;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A client without a client id has one session over all its connections, and leaves none behind.</summary>
[Collection(VirtualTime.Name)]
public sealed class RunSessionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task QoS_2_arrives_once_over_a_line_that_fails_often_in_both_directions(bool keeps)
    {
        const int Count = 80;
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600) }, new LoopbackBrokerOptions { Tls = false });
        var client = await rig.ConnectAsync(Anonymous(rig) with { KeepSessionWhileRunning = keeps });
        await using var subscription = await client.SubscribeAsync("down", MqttQoS.ExactlyOnce, Token);
        using var stop = new CancellationTokenSource();
        var breaking = BreakAsync(rig, clock, stop.Token);
        for (var number = 0; number < Count; number++)
        {
            rig.Broker.Publish("down", Encoding.UTF8.GetBytes($"{number}"), qos: 2);
        }

        var publishing = new List<Task>();
        for (var number = 0; number < Count; number++)
        {
            publishing.Add(client.PublishAsync("up", Encoding.UTF8.GetBytes($"{number}"), MqttQoS.ExactlyOnce, false, Token).AsTask());
            await Task.Delay(TimeSpan.FromMilliseconds(500), clock, Token);
        }

        await Task.WhenAll(publishing);
        await stop.CancelAsync();
        await breaking;

        Assert.Equal(Count, rig.Received.Count);
        if (keeps)
        {
            Assert.All(rig.Received.Values, times => Assert.Equal(1, times));
            for (var number = 0; number < Count; number++)
            {
                Assert.Equal($"{number}", (await subscription.ReadAsync(Token)).PayloadText);
            }
        }

        Assert.True(client.Status.Connections > 2, $"{client.Status.Connections} connections");
        await client.DisposeAsync();
    }

    [Trait("Category", "Interop")]
    [Fact(Timeout = 120_000)]
    public async Task At_mosquitto_each_arrives_once_and_no_session_is_left()
    {
        _ = Tool.PathOf("mosquitto");
        await using var mosquitto = new MosquittoBroker("sys_interval 1\nmax_inflight_messages 0\n");
        await mosquitto.InitializeAsync();
        await using var observer = await MqttClient.ConnectAsync(await TcpPipe.ConnectAsync(mosquitto.Port, Token), new MqttClientOptions { ClientId = "observer" }, Token);
        await using var up = await observer.SubscribeAsync("up", MqttQoS.ExactlyOnce, Token);
        await using var total = await observer.SubscribeAsync("$SYS/broker/clients/total", cancellationToken: Token);
        var network = new SocketNetwork(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["m:1883"] = $"127.0.0.1:{mosquitto.Port}" });
        await using var modem = VirtualModem.Create(Rig.Fast with { Network = network });
        var client = await Sim800MqttClient.ConnectAsync(
            modem.Line,
            new Sim800MqttClientOptions
            {
                Host = "m",
                Port = 1883,
                Modem = new Modem.ModemOptions { Apn = "internet", BaudRate = 921_600 },
                Reconnect = new Sim800ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(100), LongestDelay = TimeSpan.FromMilliseconds(500), Jitter = 0 },
            },
            Token);
        await UntilAsync(total, "2");
        for (var round = 0; round < 4; round++)
        {
            var publishing = Enumerable.Range(0, 20).Select(number => client
                .PublishAsync("up", Encoding.UTF8.GetBytes($"{round}/{number}"), MqttQoS.ExactlyOnce, false, Token).AsTask()).ToArray();
            modem.Inject(Fault.Parse("reboot"));
            await Task.WhenAll(publishing);
        }

        var seen = new List<string>();
        while (seen.Count < 80)
        {
            seen.Add((await up.ReadAsync(Token)).PayloadText);
        }

        Assert.True(client.Status.Connections > 1);
        await client.DisposeAsync();
        await UntilAsync(total, "1");
        Assert.False(up.TryRead(out _), "one came twice");
        Assert.Equal(80, seen.Distinct().Count());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_with_an_id_of_its_own_is_left_as_it_is()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = false });
        var client = await rig.ConnectAsync(rig.Options with { Mqtt = new MqttClientOptions { ClientId = "mine" } });
        await client.DisposeAsync();
        Assert.Equal(1, rig.Broker.Counters.Connections);
    }

    private static Sim800MqttClientOptions Anonymous(Rig rig) => rig.Options with { Mqtt = new MqttClientOptions { KeepAlive = TimeSpan.FromSeconds(30) } };

    private static async Task UntilAsync(IMqttSubscription total, string expected)
    {
        while ((await total.ReadAsync(Token)).PayloadText != expected)
        {
        }
    }

    private static async Task BreakAsync(Rig rig, VirtualClock clock, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            rig.Modem.Inject(Fault.Parse("remote-close"));
        }
    }
}
