using Sim800.Mqtt.Client;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A session that goes on from one connection to the next: subscriptions, the store, and the end.</summary>
public sealed class LastingClientTests
{
    private static readonly MqttClientOptions Stored = new() { ClientId = "c", CleanSession = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.1.0-2")]
    public async Task A_subscription_survives_and_is_made_again_only_where_the_server_has_lost_it()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.CloseAsync();
        await connection.Closed;

        (connection, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.PublishAsync("a", "1", MqttQoS.AtLeastOnce, id: 1);
        Assert.Equal("1", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.CloseAsync();
        await connection.Closed;

        (_, peer) = await AttachAsync(client, sessionPresent: false);
        Assert.Equal(MqttSessionResumption.LostByServer, client.Resumption);
        Assert.Equal("a", (await peer.GrantAsync()).Requests[0].Filter);
        await peer.PublishAsync("a", "2", MqttQoS.AtLeastOnce, id: 1);
        Assert.Equal("2", (await subscription.ReadAsync(Ct)).PayloadText);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_subscription_that_is_refused_later_ends_with_that_reason()
    {
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c" });
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.CloseAsync();
        await connection.Closed;
        (_, peer) = await AttachAsync(client);
        await peer.GrantAsync(0x80);
        await Assert.ThrowsAsync<MqttSubscribeRefusedException>(() => subscription.Completion);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_request_that_the_connection_did_not_answer_is_made_again()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        await peer.ExpectAsync(PacketType.Subscribe);
        await peer.CloseAsync();
        await connection.Closed;
        (connection, peer) = await AttachAsync(client, sessionPresent: true);
        await peer.GrantAsync();
        var subscription = await subscribing;
        var unsubscribing = subscription.UnsubscribeAsync(Ct);
        await peer.ExpectAsync(PacketType.Unsubscribe);
        await peer.CloseAsync();
        await connection.Closed;
        await Assert.ThrowsAsync<MqttClosedException>(() => unsubscribing);
        (_, peer) = await AttachAsync(client, sessionPresent: true);
        Assert.Equal(["a"], UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe)).Filters);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_subscription_ended_without_a_connection_is_ended_at_the_next_and_one_made_again_is_not()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var (ended, again) = (client.SubscribeAsync("ended", MqttQoS.AtLeastOnce, Ct), client.SubscribeAsync("again", MqttQoS.AtLeastOnce, Ct));
        await peer.GrantAsync();
        await peer.GrantAsync();
        var subscriptions = await Task.WhenAll(ended, again);
        await peer.CloseAsync();
        await connection.Closed;
        await subscriptions[0].UnsubscribeAsync(Ct);
        await subscriptions[1].DisposeAsync();
        again = client.SubscribeAsync("again", MqttQoS.AtLeastOnce, Ct);

        (connection, peer) = await AttachAsync(client, sessionPresent: true);
        Assert.Equal(["ended"], UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe)).Filters);
        Assert.Equal("again", (await peer.GrantAsync()).Requests[0].Filter);
        await again;
        await peer.CloseAsync();
        await connection.Closed;

        (_, peer) = await AttachAsync(client, sessionPresent: false);
        Assert.Equal("again", (await peer.GrantAsync()).Requests[0].Filter);
        await client.PublishAsync("mark", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("mark", (await peer.ExpectPublishAsync()).Topic);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_filters_of_many_subscriptions_go_in_packets_as_large_as_the_options_allow()
    {
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", MaxFiltersPerPacket = 8 });
        var subscribing = Enumerable.Range(0, 20).Select(index => client.SubscribeAsync($"a/{index}", MqttQoS.AtLeastOnce, Ct)).ToArray();
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync();
        Assert.Equal(8, (await peer.GrantAsync()).Requests.Count);
        Assert.Equal(8, (await peer.GrantAsync()).Requests.Count);
        Assert.Equal(4, (await peer.GrantAsync()).Requests.Count);
        await Task.WhenAll(subscribing);
        await attaching;
    }

    [Fact(Timeout = 120_000)]
    public async Task The_end_of_the_client_reaches_whoever_waits_without_a_connection()
    {
        var client = MqttClient.CreateLasting(Stored);
        var publishing = PublishAsync(client, 1, MqttQoS.AtLeastOnce);
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        await Assert.ThrowsAsync<MqttClosedException>(() => subscribing);
        await Assert.ThrowsAsync<MqttClosedException>(() => client.AttachAsync(new Peer().Transport, Ct));
        await client.Completion;
    }

    [Fact(Timeout = 120_000)]
    public async Task One_connection_at_a_time()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        await AttachAsync(client);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.AttachAsync(new Peer().Transport, Ct));
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.8.0-2")]
    public async Task A_store_that_fails_ends_the_connection_and_says_so()
    {
        var store = new FailingStore();
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store });
        var publishing = PublishAsync(client, 1, MqttQoS.ExactlyOnce);
        var id = (await peer.ExpectPublishAsync()).PacketId;
        store.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => PublishAsync(client, 2, MqttQoS.AtLeastOnce));
        await peer.AckAsync(PacketType.PubRec, id);
        var e = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(MqttLinkFailure.StoreFailed, e.Failure);
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        Assert.Null(await peer.TryReadAsync());
        await client.DisposeAsync();

        store.Fails = false;
        (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store }, sessionPresent: true);
        await peer.AckAsync(PacketType.PubRec, (await peer.ExpectPublishAsync()).PacketId);
        await peer.AckAsync(PacketType.PubComp, await peer.ExpectAckAsync(PacketType.PubRel));
        var subscribing = client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        store.Fails = true;
        await peer.PublishAsync("a", "x", MqttQoS.ExactlyOnce, id: 1);
        Assert.Equal("x", (await subscription.ReadAsync(Ct)).PayloadText);
        e = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(MqttLinkFailure.StoreFailed, e.Failure);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce)]
    [InlineData(MqttQoS.ExactlyOnce)]
    public async Task A_delivered_message_that_the_store_cannot_forget_is_delivered_all_the_same_and_that_is_said(MqttQoS qos)
    {
        var (store, log) = (new FailingStore(), new LogLines());
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store, LoggerFactory = log });
        var publishing = PublishAsync(client, 1, qos);
        var id = (await peer.ExpectPublishAsync()).PacketId;
        if (qos == MqttQoS.ExactlyOnce)
        {
            await peer.AckAsync(PacketType.PubRec, id);
            await peer.ExpectAckAsync(PacketType.PubRel);
        }

        store.Fails = true;
        await peer.AckAsync(qos == MqttQoS.ExactlyOnce ? PacketType.PubComp : PacketType.PubAck, id);
        await publishing;
        Assert.Single(log.Of(3012));
        store.Fails = false;
        Assert.Single(store.LoadOutbound());

        // The next one that is finished takes it along, and until then nothing else gets its packet identifier.
        publishing = PublishAsync(client, 2, MqttQoS.AtLeastOnce);
        var next = (await peer.ExpectPublishAsync()).PacketId;
        Assert.NotEqual(id, next);
        await peer.AckAsync(PacketType.PubAck, next);
        await publishing;
        Assert.Empty(store.LoadOutbound());
        Assert.Single(log.Of(3012));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_subscription_without_a_free_packet_identifier_is_refused_with_a_typed_exception()
    {
        var store = new MqttInMemorySessionStore(maxMessages: ushort.MaxValue);
        for (var id = 1; id <= ushort.MaxValue; id++)
        {
            var entry = new MqttStoredEntry(id, MqttDeliveryState.Published, (ushort)id, MqttQoS.AtLeastOnce);
            Assert.True(store.TryAdd(entry, new MqttMessage("a", ReadOnlyMemory<byte>.Empty, MqttQoS.AtLeastOnce)));
        }

        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store }, sessionPresent: true);
        await Assert.ThrowsAsync<MqttPacketIdsExhaustedException>(() => client.SubscribeAsync("b", cancellationToken: Ct));
        for (var count = 0; count < ushort.MaxValue; count++)
        {
            await peer.ExpectPublishAsync();
        }

        await peer.AckAsync(PacketType.PubAck, 77);
        while (client.Unacknowledged == ushort.MaxValue)
        {
            await Task.Yield();
        }

        var subscribing = client.SubscribeAsync("b", cancellationToken: Ct);
        Assert.Equal(77, (await peer.GrantAsync()).PacketId);
        await subscribing;
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_fails_at_the_begin_of_a_connection_ends_that_connection_and_not_the_client(bool cleanSession)
    {
        var store = new FailingStore();
        await using var client = MqttClient.CreateLasting(Stored with { SessionStore = store, CleanSession = cleanSession });
        var (connection, peer) = await AttachAsync(client);
        var publishing = PublishAsync(client, 1, MqttQoS.AtLeastOnce);
        await peer.ExpectPublishAsync();
        await peer.CloseAsync();
        await connection.Closed;

        store.Fails = true;
        peer = new Peer();
        var e = await Assert.ThrowsAsync<MqttLinkException>(() => client.AttachAsync(peer.Transport, Ct));
        Assert.Equal(MqttLinkFailure.StoreFailed, e.Failure);
        Assert.Null(await peer.TryReadAsync());

        store.Fails = false;
        (_, peer) = await AttachAsync(client, sessionPresent: !cleanSession);
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
        await publishing;
    }

    private static Task PublishAsync(MqttClient client, int index, MqttQoS qos) =>
        client.PublishAsync("up", new[] { (byte)index }, qos, cancellationToken: Ct).AsTask();

    private static async Task<(MqttConnection Connection, Peer Peer)> AttachAsync(MqttClient client, bool sessionPresent = false)
    {
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync(sessionPresent);
        return (await attaching, peer);
    }
}
