using System.Text;
using Sim800.Modem;
using Sim800.Simulator;

namespace Sim800.Mqtt.Sqlite.Tests;

/// <summary>A message that an earlier run has stored makes the server hang up: it stops neither its neighbours nor the application.</summary>
public sealed class PoisonMessageTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, false)]
    [InlineData(MqttQoS.ExactlyOnce, false)]
    [InlineData(MqttQoS.AtLeastOnce, true)]
    [InlineData(MqttQoS.ExactlyOnce, true)]
    public async Task It_is_set_aside_or_taken_back_in_the_file_too(MqttQoS qos, bool isTakenBack)
    {
        using (var earlier = MqttSqliteSessionStore.Open(_file.Path))
        {
            Store(earlier, 1, "good", qos);
            Store(earlier, 2, "bad", qos);
            Store(earlier, 3, "good", qos);
        }

        var good = 0;
        using var store = MqttSqliteSessionStore.Open(_file.Path);
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Listen = false,
            Tls = false,
            TimeProvider = clock,
            HangsUpOn = message => message.Topic == "bad",
            OnPublished = _ => Interlocked.Increment(ref good),
        });
        await using var modem = VirtualModem.Create(new VirtualModemOptions { Network = new InMemoryNetwork().Serve("b", 1883, broker.ServeAsync), TimeProvider = clock });
        await using var client = Sim800MqttClient.Start(modem.Line, new Sim800MqttClientOptions
        {
            Host = "b",
            Port = 1883,
            Modem = new ModemOptions { Apn = "internet" },
            Mqtt = new MqttClientOptions { ClientId = "gateway", CleanSession = false, SessionStore = store },
            TimeProvider = clock,
        });
        if (isTakenBack)
        {
            Assert.Equal(1, client.Withdraw(message => message.Topic == "bad"));
        }

        while (client.Unacknowledged > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, Ct);
        }

        Assert.Equal(2, good);
        Assert.Empty(store.LoadOutbound());
        await client.DisconnectAsync(Ct);
    }

    private static void Store(MqttSqliteSessionStore store, long sequence, string topic, MqttQoS qos) => Assert.True(store.TryAdd(
        new MqttStoredEntry(sequence, MqttDeliveryState.Published, (ushort)(sequence + 10), qos), new MqttMessage(topic, Encoding.UTF8.GetBytes($"{sequence}"), qos)));
}
