using System.Text;
using Sim800.Simulator;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A message at which the server hangs up, on every connection: it is found, and the others flow.</summary>
[Collection(VirtualTime.Name)]
public sealed class PoisonMessageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, true)]
    [InlineData(MqttQoS.AtLeastOnce, false)]
    [InlineData(MqttQoS.ExactlyOnce, true)]
    [InlineData(MqttQoS.ExactlyOnce, false)]
    public async Task It_is_set_aside_and_its_neighbours_arrive_once(MqttQoS qos, bool isClean)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = false, HangsUpOn = message => message.Topic == "bad" });
        await using var client = await rig.ConnectAsync(rig.Options with { Mqtt = rig.Options.Mqtt with { CleanSession = isClean } });
        var before = Enumerable.Range(0, 5).Select(number => client.PublishAsync("good", Payload($"before {number}"), qos, false, Token).AsTask()).ToArray();
        var bad = client.PublishAsync("bad", Payload("poison"), qos, false, Token).AsTask();
        var after = Enumerable.Range(0, 5).Select(number => client.PublishAsync("good", Payload($"after {number}"), qos, false, Token).AsTask()).ToArray();

        var poison = await Assert.ThrowsAsync<MqttPoisonMessageException>(() => bad);
        await Task.WhenAll([.. before, .. after]);

        Assert.Equal(("bad", 6, qos, 3, true), (poison.Topic, poison.PayloadLength, poison.QoS, poison.Connections, poison.IsSetAside));
        Assert.Contains("\"bad\"", poison.Message, StringComparison.Ordinal);
        Assert.Equal(0, client.Unacknowledged);
        Assert.DoesNotContain("poison", rig.Received.Keys);
        Assert.Equal(10, rig.Received.Count);
        if (qos == MqttQoS.ExactlyOnce && !isClean)
        {
            Assert.All(rig.Received.Values, count => Assert.Equal(1, count));
        }

        await client.PublishAsync("good", Payload("later"), qos, false, Token);
    }

    /// <summary>A record that is damaged on its way makes the server hang up as well, and the longest is hit most often.</summary>
    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Seeds))]
    public async Task A_line_that_damages_bytes_convicts_no_message(int seed)
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, Rig.Fast with { Seed = seed }, new LoopbackBrokerOptions { Tls = true });
        await using var client = await rig.ConnectAsync();
        rig.Modem.Inject(Fault.Parse("garble=0.0005"));
        var publishing = client.PublishAsync("long", new byte[3000], MqttQoS.AtLeastOnce, false, Token).AsTask();
        await Task.WhenAny(publishing, Task.Delay(TimeSpan.FromMinutes(3), clock, Token));
        rig.Modem.Mend(FaultKind.Garble);
        await publishing;
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 24)];

    [Fact(Timeout = 120_000)]
    public async Task Several_of_them_are_found_among_many()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = false, HangsUpOn = message => message.Topic == "bad" });
        await using var client = await rig.ConnectAsync();
        var publishing = Enumerable.Range(0, 40).Select(number => client.PublishAsync(
            number % 13 == 5 ? "bad" : "good", Payload($"{number}"), number % 2 == 0 ? MqttQoS.AtLeastOnce : MqttQoS.ExactlyOnce, false, Token).AsTask()).ToArray();
        await Task.WhenAll(publishing).ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal([5, 18, 31], Enumerable.Range(0, 40).Where(number => publishing[number].IsFaulted));
        Assert.All(publishing.Where(task => task.IsFaulted), task => Assert.IsType<MqttPoisonMessageException>(task.Exception!.InnerException));
        Assert.Equal(37, rig.Received.Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_wants_to_stop_ends_with_the_message_kept()
    {
        var store = new MqttInMemorySessionStore();
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = false, HangsUpOn = message => message.Topic == "bad" });
        await using var client = await rig.ConnectAsync(rig.Options with
        {
            Mqtt = rig.Options.Mqtt with { SessionStore = store, WhenPoisonMessage = MqttPoisonMessagePolicy.Stop },
        });
        var bad = client.PublishAsync("bad", Payload("poison"), MqttQoS.AtLeastOnce, false, Token).AsTask();

        var poison = await Assert.ThrowsAsync<MqttPoisonMessageException>(() => client.Completion);
        Assert.False(poison.IsSetAside);
        await Assert.ThrowsAsync<MqttClosedException>(() => bad);
        Assert.Single(store.LoadOutbound());
    }

    [Fact(Timeout = 120_000)]
    public async Task The_reason_names_the_message_before_it_is_found_guilty()
    {
        var isOut = 1;
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = false, HangsUpOn = message => message.Topic == "good" && Volatile.Read(ref isOut) == 1 });
        await using var client = await rig.ConnectAsync(rig.Options with { Mqtt = rig.Options.Mqtt with { PoisonMessageConnections = 100 } });
        var good = client.PublishAsync("good", Payload("good"), MqttQoS.AtLeastOnce, false, Token).AsTask();
        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.Reason is { } reason && reason.Message.Contains("3 times", StringComparison.Ordinal))
            {
                Assert.Contains("4 bytes on \"good\"", reason.Message, StringComparison.Ordinal);
                break;
            }
        }

        Volatile.Write(ref isOut, 0);
        await good;
    }

    /// <summary>A message of QoS 0 makes the server hang up, whenever there is a connection.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Nobody_is_convicted_for_a_message_that_is_not_stored()
    {
        var isOut = 1;
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = false, HangsUpOn = message => message.Topic == "status" && Volatile.Read(ref isOut) == 1 });
        await using var client = await rig.ConnectAsync();
        var good = Enumerable.Range(0, 5).Select(number => client.PublishAsync("good", Payload($"{number}"), MqttQoS.AtLeastOnce, false, Token).AsTask()).ToArray();
        for (var time = 0; time < 8; time++)
        {
            await client.PublishAsync("status", Payload("on"), MqttQoS.AtMostOnce, false, Token);
        }

        Volatile.Write(ref isOut, 0);
        await Task.WhenAll(good);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_application_can_take_it_back()
    {
        using var clock = new VirtualClock(DateTimeOffset.UtcNow);
        await using var rig = new Rig(clock, broker: new LoopbackBrokerOptions { Tls = false, HangsUpOn = message => message.Topic == "bad" });
        await using var client = await rig.ConnectAsync(rig.Options with { Mqtt = rig.Options.Mqtt with { PoisonMessageConnections = 100 } });
        var bad = client.PublishAsync("bad", Payload("poison"), MqttQoS.ExactlyOnce, false, Token).AsTask();
        var good = client.PublishAsync("good", Payload("good"), MqttQoS.ExactlyOnce, false, Token).AsTask();
        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.Reason is not null)
            {
                break;
            }
        }

        Assert.Equal(1, client.Withdraw(message => message.Topic == "bad" && message.Payload.Length == 6));
        await Assert.ThrowsAsync<MqttMessageWithdrawnException>(() => bad);
        await good;
        Assert.Equal(1, rig.Received["good"]);
        Assert.Equal(0, client.Withdraw(_ => true));
    }

    private static byte[] Payload(string text) => Encoding.UTF8.GetBytes(text);
}
