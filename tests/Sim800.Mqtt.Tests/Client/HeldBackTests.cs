using Sim800.Mqtt.Client;
using Sim800.Mqtt.Codec;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>An application that withholds its acknowledgements holds up the server: that is noticed and told.</summary>
public sealed class HeldBackTests : IDisposable
{
    private const int Warning = 3009;

    private readonly ManualTimeProvider _clock = new();
    private readonly LogLines _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MqttClientOptions Options => new()
    {
        ClientId = "c",
        CleanSession = false,
        TimeProvider = _clock,
        LoggerFactory = _log,
        KeepAlive = TimeSpan.Zero,
        HeldBackWarning = TimeSpan.FromSeconds(60),
    };

    public void Dispose() => _log.Dispose();

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, (byte)PacketType.PubAck)]
    [InlineData(MqttQoS.ExactlyOnce, (byte)PacketType.PubRec)]
    public async Task Messages_that_wait_for_a_manual_acknowledgement_are_counted_and_told_of_each_minute(MqttQoS qos, byte type)
    {
        var (client, peer) = await Peer.ConnectAsync(Options);
        var subscription = await SubscribeAsync(
            client, peer, new MqttSubscribeOptions { Acknowledgement = MqttAcknowledgement.Manual }, qos);
        Assert.Equal(0, client.HeldBack);
        await peer.PublishAsync("a", "1", qos, id: 1);
        await peer.PublishAsync("a", "2", qos, id: 2);
        await peer.HandledAsync(client);
        var (first, second) = (await subscription.ReadAsync(Ct), await subscription.ReadAsync(Ct));
        Assert.Equal(2, client.HeldBack);
        second.Acknowledge();
        Assert.Equal(2, client.HeldBack);

        _clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.Empty(_log.Of(Warning));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.StartsWith("2 received messages", Assert.Single(_log.Of(Warning)), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(2, _log.Of(Warning).Count);

        first.Acknowledge();
        Assert.Equal(1, await peer.ExpectAckAsync((PacketType)type));
        Assert.Equal(2, await peer.ExpectAckAsync((PacketType)type));
        Assert.Equal(0, client.HeldBack);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, _log.Of(Warning).Count);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_application_that_is_slow_and_gets_on_is_not_told_of()
    {
        var (client, peer) = await Peer.ConnectAsync(Options);
        var subscription = await SubscribeAsync(client, peer, new MqttSubscribeOptions());
        for (ushort id = 1; id <= 5; id++)
        {
            await peer.PublishAsync("a", "x", MqttQoS.AtLeastOnce, id);
        }

        for (ushort id = 1; id <= 5; id++)
        {
            _clock.Advance(TimeSpan.FromSeconds(50));
            await subscription.ReadAsync(Ct);
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubAck));
        }

        Assert.Empty(_log.Of(Warning));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Messages_given_back_count_until_the_next_connection_on_which_they_come_again()
    {
        await using var client = MqttClient.CreateLasting(Options);
        var (connection, peer) = await AttachAsync(client);
        var fails = true;
        var subscription = await SubscribeAsync(client, peer, new MqttSubscribeOptions
        {
            Handler = (message, _) => message.PayloadText == "too much" && Volatile.Read(ref fails) ? throw new InvalidOperationException("too much") : default,
        });
        await peer.PublishAsync("a", "too much", MqttQoS.AtLeastOnce, id: 2);
        await peer.PublishAsync("a", "1", MqttQoS.AtLeastOnce, id: 1);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal((1, 1L), (client.HeldBack, subscription.HandlerFailures));
        Volatile.Write(ref fails, false);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.StartsWith("1 received messages", Assert.Single(_log.Of(Warning)), StringComparison.Ordinal);
        await peer.CloseAsync();
        await connection.Closed;

        (_, peer) = await AttachAsync(client);
        Assert.Equal(0, client.HeldBack);
        await peer.PublishAsync("a", "too much", MqttQoS.AtLeastOnce, id: 2, duplicate: true);
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubAck));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_message_given_back_after_its_connection_ended_comes_again_too()
    {
        await using var client = MqttClient.CreateLasting(Options);
        var (connection, peer) = await AttachAsync(client);
        var (begun, failing) = (new TaskCompletionSource(), new TaskCompletionSource());
        var handled = 0;
        var subscribing = client.SubscribeAsync(
            "a",
            async (_, _) =>
            {
                if (Interlocked.Increment(ref handled) == 1)
                {
                    begun.SetResult();
                    await failing.Task;
                }
            },
            Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("a", "1", MqttQoS.AtLeastOnce, id: 1);
        await peer.HandledAsync(client);
        await begun.Task;
        await peer.CloseAsync();
        await connection.Closed;

        (_, peer) = await AttachAsync(client);
        failing.SetException(new InvalidOperationException("The handler does not like it."));
        while (subscription.HandlerFailures == 0)
        {
            await Task.Yield();
        }

        await peer.PublishAsync("a", "1", MqttQoS.AtLeastOnce, id: 1, duplicate: true);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal(2, handled);
    }

    private static async Task<IMqttSubscription> SubscribeAsync(
        MqttClient client, Peer peer, MqttSubscribeOptions options, MqttQoS qos = MqttQoS.AtLeastOnce)
    {
        var subscribing = client.SubscribeAsync([new MqttTopicFilter("a", qos)], options, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }

    private static async Task<(MqttConnection Connection, Peer Peer)> AttachAsync(MqttClient client)
    {
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync(sessionPresent: true);
        return (await attaching, peer);
    }
}
