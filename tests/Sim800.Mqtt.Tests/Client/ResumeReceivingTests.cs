using Sim800.Mqtt.Client;
using Sim800.Mqtt.Codec;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A session that goes on from one connection to the next: what the server sends.</summary>
public sealed class ResumeReceivingTests
{
    private static readonly MqttClientOptions Stored = new() { ClientId = "c", CleanSession = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, (byte)PacketType.PubAck)]
    [InlineData(MqttQoS.ExactlyOnce, (byte)PacketType.PubRec)]
    public async Task A_message_taken_while_there_is_no_connection_is_acknowledged_when_it_comes_again(MqttQoS qos, byte type)
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync("a", qos, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync("a", "1", qos, id: 4);
        await peer.PublishAsync("a", "2", qos, id: 5);
        await peer.AckAsync(PacketType.PubRec, 99);
        await peer.ExpectAckAsync(PacketType.PubRel);
        await peer.CloseAsync();
        await connection.Closed;
        Assert.Equal("1", (await subscription.ReadAsync(Ct)).PayloadText);

        (_, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.PublishAsync("a", "1", qos, id: 4, duplicate: true);
        Assert.Equal(4, await peer.ExpectAckAsync((PacketType)type));
        await peer.PublishAsync("a", "2", qos, id: 5, duplicate: true);
        Assert.Equal("2", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(5, await peer.ExpectAckAsync((PacketType)type));
        Assert.False(subscription.TryRead(out _));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, (byte)PacketType.PubAck)]
    [InlineData(MqttQoS.ExactlyOnce, (byte)PacketType.PubRec)]
    public async Task An_identifier_without_DUP_on_a_new_connection_is_a_new_message_that_the_old_one_does_not_acknowledge(MqttQoS qos, byte type)
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync("a", qos, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync("a", "forgotten", qos, id: 4);
        await peer.AckAsync(PacketType.PubRec, 99);
        await peer.ExpectAckAsync(PacketType.PubRel);
        await peer.CloseAsync();
        await connection.Closed;
        (_, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.PublishAsync("a", "new", qos, id: 4);
        await peer.AckAsync(PacketType.PubRec, 99);
        await peer.ExpectAckAsync(PacketType.PubRel);
        Assert.Equal("forgotten", (await subscription.ReadAsync(Ct)).PayloadText);
        await client.PublishAsync("mark", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("mark", (await peer.ExpectPublishAsync()).Topic);
        Assert.Equal("new", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(4, await peer.ExpectAckAsync((PacketType)type));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_message_that_was_rejected_comes_again_on_the_next_connection()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions { Capacity = 1 }, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync("a", "1", MqttQoS.AtLeastOnce, id: 4);
        await peer.PublishAsync("a", "2", MqttQoS.AtLeastOnce, id: 5);
        Assert.Equal("1", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.CloseAsync();
        await connection.Closed;
        (_, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.PublishAsync("a", "2", MqttQoS.AtLeastOnce, id: 5, duplicate: true);
        Assert.Equal("2", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(5, await peer.ExpectAckAsync(PacketType.PubAck));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, false)]
    [InlineData(MqttQoS.ExactlyOnce, false)]
    [InlineData(MqttQoS.AtLeastOnce, true)]
    [InlineData(MqttQoS.ExactlyOnce, true)]
    public async Task What_was_not_taken_when_a_kept_subscription_is_disposed_comes_again(MqttQoS qos, bool clientEndsFirst)
    {
        var store = new MqttInMemorySessionStore();
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store });
        var options = new MqttSubscribeOptions { UnsubscribeOnDispose = clientEndsFirst };
        var subscribing = client.SubscribeAsync([new MqttTopicFilter("a", qos)], options, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync("a", "untaken", qos, id: 4);
        await peer.AckAsync(PacketType.PubRec, 99);
        await peer.ExpectAckAsync(PacketType.PubRel);
        if (clientEndsFirst)
        {
            await client.DisposeAsync();
        }

        await subscription.DisposeAsync();
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
        Assert.Empty(store.LoadInbound());

        (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store }, sessionPresent: true);
        subscribing = client.SubscribeAsync([new MqttTopicFilter("a", qos)], options, Ct);
        await peer.GrantAsync();
        subscription = await subscribing;
        await peer.PublishAsync("a", "untaken", qos, id: 4, duplicate: true);
        Assert.Equal("untaken", (await subscription.ReadAsync(Ct)).PayloadText);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_session_at_the_server_forgets_the_identifiers_of_the_old_one_in_the_store_too(bool cleanSession)
    {
        var store = new MqttInMemorySessionStore();
        store.AddInbound(new MqttStoredInbound(9, Digest: 7));
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store, CleanSession = cleanSession });
        Assert.Empty(store.LoadInbound());
        var subscribing = client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync("a", "new", MqttQoS.ExactlyOnce, id: 9);
        Assert.Equal("new", (await subscription.ReadAsync(Ct)).PayloadText);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_comes_before_its_subscription_is_made_waits_for_it()
    {
        var (client, peer) = await Peer.ConnectAsync(Stored with { MaxUnclaimedMessages = 2 }, sessionPresent: true);
        Assert.Equal(MqttSessionResumption.UnknownToClient, client.Resumption);
        await peer.PublishAsync("a/1", "one", MqttQoS.AtLeastOnce, id: 1);
        await peer.PublishAsync("b", "other", MqttQoS.AtLeastOnce, id: 2);
        await peer.PublishAsync("a/2", "too many", MqttQoS.AtLeastOnce, id: 3);
        await peer.PublishAsync("a/3", "QoS 0");
        await peer.AckAsync(PacketType.PubRec, 99);
        await peer.ExpectAckAsync(PacketType.PubRel);
        var subscribing = client.SubscribeAsync("a/+", MqttQoS.AtLeastOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        Assert.Equal("one", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.False(subscription.TryRead(out _));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_nobody_claims_in_time_is_acknowledged_so_that_it_blocks_nothing()
    {
        var clock = new ManualTimeProvider();
        var (client, peer) = await Peer.ConnectAsync(Stored with { TimeProvider = clock, KeepAlive = TimeSpan.Zero }, sessionPresent: true);
        await peer.PublishAsync("a", "x", MqttQoS.AtLeastOnce, id: 1);
        await peer.AckAsync(PacketType.PubRec, 99);
        await peer.ExpectAckAsync(PacketType.PubRel);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.PublishAsync("a", "y", MqttQoS.AtLeastOnce, id: 2);
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubAck));
        await client.DisposeAsync();
    }

    private static async Task<(MqttConnection Connection, Peer Peer)> AttachAsync(MqttClient client, bool sessionPresent = false)
    {
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync(sessionPresent);
        return (await attaching, peer);
    }
}
