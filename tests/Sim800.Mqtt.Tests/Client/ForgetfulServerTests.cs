using Sim800.Mqtt.Client;
using Sim800.Mqtt.Codec;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>Servers that were restored from an older state, or that send again without DUP: what is a repetition, and what is new.</summary>
public sealed class ForgetfulServerTests
{
    private static readonly MqttClientOptions Stored = new() { ClientId = "c", CleanSession = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task An_identifier_of_an_unfinished_QoS_2_message_used_for_QoS_1_is_forgotten_here_too()
    {
        var (store, log) = (new MqttInMemorySessionStore(), new LogLines());
        store.AddInbound(new MqttStoredInbound(4, Digest: 7));
        store.AddInbound(new MqttStoredInbound(5, Digest: 8));
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store, LoggerFactory = log }, sessionPresent: true);
        var subscription = await SubscribeAsync(client, peer);
        foreach (var id in (ushort[])[4, 5])
        {
            await peer.PublishAsync("a", $"new {id}", MqttQoS.AtLeastOnce, id);
            Assert.Equal($"new {id}", (await subscription.ReadAsync(Ct)).PayloadText);
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubAck));
        }

        Assert.Empty(store.LoadInbound());
        Assert.Single(log.Of(3011));
        await peer.AckAsync(PacketType.PubRel, 4);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubComp));
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_waiting_QoS_2_message_that_comes_again_is_given_once_with_or_without_DUP(bool duplicate)
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscription = await SubscribeAsync(client, peer);
        await peer.PublishAsync("a", "once", MqttQoS.ExactlyOnce, id: 4);
        await HandledAsync(peer);
        await peer.CloseAsync();
        await connection.Closed;
        (_, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.PublishAsync("a", "once", MqttQoS.ExactlyOnce, id: 4, duplicate);
        await HandledAsync(peer);
        Assert.Equal("once", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubRec));
        Assert.False(subscription.TryRead(out _));
        await peer.AckAsync(PacketType.PubRel, 4);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubComp));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("once", false, false)]
    [InlineData("once", true, false)]
    [InlineData("other", false, true)]
    [InlineData("other", true, true)]
    public async Task After_a_restart_topic_and_payload_tell_a_repetition_from_a_new_message(string text, bool duplicate, bool isNew)
    {
        var store = new MqttInMemorySessionStore();
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store });
        var subscription = await SubscribeAsync(client, peer);
        await peer.PublishAsync("a", "once", MqttQoS.ExactlyOnce, id: 4);
        Assert.Equal("once", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubRec));
        await peer.CloseAsync();
        await Assert.ThrowsAnyAsync<MqttException>(() => client.Completion);

        (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store }, sessionPresent: true);
        subscription = await SubscribeAsync(client, peer);
        await peer.PublishAsync("a", text, MqttQoS.ExactlyOnce, id: 4, duplicate);
        if (isNew)
        {
            Assert.Equal(text, (await subscription.ReadAsync(Ct)).PayloadText);
        }

        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubRec));
        Assert.False(subscription.TryRead(out _));
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce)]
    [InlineData(MqttQoS.ExactlyOnce)]
    public async Task Another_message_with_DUP_under_a_waiting_identifier_is_not_swallowed(MqttQoS qos)
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscription = await SubscribeAsync(client, peer);
        await peer.PublishAsync("a", "old", qos, id: 4);
        await HandledAsync(peer);
        await peer.CloseAsync();
        await connection.Closed;
        (_, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.PublishAsync("a", "new", qos, id: 4, duplicate: true);
        await HandledAsync(peer);
        Assert.Equal("old", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal("new", (await subscription.ReadAsync(Ct)).PayloadText);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_PUBREL_of_an_earlier_message_is_answered_on_a_new_connection()
    {
        var log = new LogLines();
        await using var client = MqttClient.CreateLasting(Stored with { LoggerFactory = log });
        var (connection, peer) = await AttachAsync(client);
        var subscription = await SubscribeAsync(client, peer);
        await peer.PublishAsync("a", "waiting", MqttQoS.ExactlyOnce, id: 4);
        await HandledAsync(peer);
        await peer.CloseAsync();
        await connection.Closed;
        (_, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.AckAsync(PacketType.PubRel, 4);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubComp));
        Assert.Single(log.Of(3011));
        Assert.Equal("waiting", (await subscription.ReadAsync(Ct)).PayloadText);
        await HandledAsync(peer);
    }

    private static async Task<(MqttConnection Connection, Peer Peer)> AttachAsync(MqttClient client, bool sessionPresent = false)
    {
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync(sessionPresent);
        return (await attaching, peer);
    }

    private static async Task<IMqttSubscription> SubscribeAsync(MqttClient client, Peer peer)
    {
        var subscribing = client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }

    private static async Task HandledAsync(Peer peer)
    {
        await peer.AckAsync(PacketType.PubRec, 99);
        Assert.Equal(99, await peer.ExpectAckAsync(PacketType.PubRel));
    }
}
