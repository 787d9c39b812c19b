using Sim800.Mqtt.Client;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A session that goes on from one connection to the next.</summary>
public sealed class LastingClientTests
{
    private static readonly MqttClientOptions Stored = new() { ClientId = "c", CleanSession = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 10_000)]
    [Statement("MQTT-4.4.0-1")]
    [Statement("MQTT-3.3.1-1")]
    [Statement("MQTT-2.3.1-3")]
    [Statement("MQTT-4.6.0-1")]
    [Statement("MQTT-4.1.0-1")]
    public async Task What_was_not_confirmed_is_sent_again_with_DUP_in_order_under_the_same_identifiers()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var publishing = Enumerable.Range(0, 4).Select(index => PublishAsync(client, index, index == 2 ? MqttQoS.ExactlyOnce : MqttQoS.AtLeastOnce)).ToArray();
        var sent = new List<PublishPacket>();
        for (var index = 0; index < 4; index++)
        {
            sent.Add(await peer.ExpectPublishAsync());
        }

        await peer.AckAsync(PacketType.PubAck, sent[1].PacketId);
        await publishing[1];
        await peer.CloseAsync();
        await connection.Closed;
        Assert.IsType<MqttLinkException>(connection.EndReason);

        (_, peer) = await AttachAsync(client, sessionPresent: true);
        Assert.Equal(MqttSessionResumption.Resumed, client.Resumption);
        foreach (var first in new[] { sent[0], sent[2], sent[3] })
        {
            var again = await peer.ExpectPublishAsync();
            Assert.Equal(
                (first.PacketId, true, first.QoS, first.Payload.FirstSpan[0]),
                (again.PacketId, again.Duplicate, again.QoS, again.Payload.FirstSpan[0]));
        }

        await peer.AckAsync(PacketType.PubAck, sent[0].PacketId);
        await peer.AckAsync(PacketType.PubAck, sent[3].PacketId);
        await peer.AckAsync(PacketType.PubRec, sent[2].PacketId);
        Assert.Equal(sent[2].PacketId, await peer.ExpectAckAsync(PacketType.PubRel));
        await peer.AckAsync(PacketType.PubComp, sent[2].PacketId);
        await Task.WhenAll(publishing);
    }

    [Fact(Timeout = 10_000)]
    [Statement("MQTT-4.4.0-1")]
    [Statement("MQTT-4.3.3-1")]
    [Statement("MQTT-4.6.0-4")]
    public async Task After_PUBREC_only_PUBREL_is_sent_again_in_the_order_of_the_PUBRECs()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var (connection, peer) = await AttachAsync(client);
        var publishing = Enumerable.Range(0, 3).Select(index => PublishAsync(client, index, MqttQoS.ExactlyOnce)).ToArray();
        var ids = new List<ushort>();
        for (var index = 0; index < 3; index++)
        {
            ids.Add((await peer.ExpectPublishAsync()).PacketId);
        }

        foreach (var id in new[] { ids[2], ids[0] })
        {
            await peer.AckAsync(PacketType.PubRec, id);
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubRel));
        }

        await peer.CloseAsync();
        await connection.Closed;
        (_, peer) = await AttachAsync(client, sessionPresent: true);
        Assert.Equal(ids[2], await peer.ExpectAckAsync(PacketType.PubRel));
        Assert.Equal(ids[0], await peer.ExpectAckAsync(PacketType.PubRel));
        Assert.Equal(ids[1], (await peer.ExpectPublishAsync()).PacketId);
        await peer.AckAsync(PacketType.PubRec, ids[1]);
        Assert.Equal(ids[1], await peer.ExpectAckAsync(PacketType.PubRel));
        foreach (var id in ids)
        {
            await peer.AckAsync(PacketType.PubComp, id);
        }

        await Task.WhenAll(publishing);
    }

    [Fact(Timeout = 10_000)]
    public async Task Connect_and_what_waits_leave_together_without_waiting_for_connack()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var publishing = Enumerable.Range(0, 3).Select(index => PublishAsync(client, index, MqttQoS.AtLeastOnce)).ToArray();
        await Assert.ThrowsAsync<MqttClosedException>(async () => await client.PublishAsync("a", Array.Empty<byte>(), cancellationToken: Ct));
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        var rest = Enumerable.Range(0, 3).Select(_ => peer.ExpectPublishAsync()).ToArray();
        Assert.All(rest, packet => Assert.True(packet.IsCompletedSuccessfully, "It did not come with CONNECT."));
        await peer.SendAsync(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write);
        await attaching;
        foreach (var packet in await Task.WhenAll(rest))
        {
            Assert.False(packet.Duplicate);
            await peer.AckAsync(PacketType.PubAck, packet.PacketId);
        }

        await Task.WhenAll(publishing);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_refusal_after_early_messages_reports_nothing_as_delivered_and_loses_nothing()
    {
        var store = new InMemoryMqttSessionStore();
        await using var client = MqttClient.CreateLasting(Stored with { SessionStore = store });
        var publishing = PublishAsync(client, 1, MqttQoS.AtLeastOnce);
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        await peer.ExpectPublishAsync();
        await peer.SendAsync(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.NotAuthorized).Write);
        await Assert.ThrowsAsync<MqttConnectRefusedException>(() => attaching);
        Assert.False(publishing.IsCompleted);
        Assert.Single(store.LoadOutbound());
        (_, peer) = await AttachAsync(client);
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
        await publishing;
        Assert.Empty(store.LoadOutbound());
    }

    [Fact(Timeout = 10_000)]
    public async Task Without_the_option_nothing_leaves_before_connack()
    {
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", SendBeforeConnAck = false });
        var publishing = PublishAsync(client, 1, MqttQoS.AtLeastOnce);
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        var next = peer.ReadAsync();
        Assert.False(next.IsCompleted);
        await peer.SendAsync(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write);
        await attaching;
        var subscribe = SubscribePacket.Read(await next);
        await peer.SendAsync(new SubAckPacket(subscribe.PacketId, new byte[] { 1 }).Write);
        await subscribing;
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
        await publishing;
    }

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
    public async Task Many_filters_go_in_packets_of_eight()
    {
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c" });
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

    [Fact(Timeout = 10_000)]
    [Statement("MQTT-3.1.2-6")]
    public async Task A_clean_session_takes_over_no_state_and_publishes_what_is_left_as_new()
    {
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", CleanSession = true });
        var (connection, peer) = await AttachAsync(client);
        var subscribing = client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        var publishing = PublishAsync(client, 1, MqttQoS.ExactlyOnce);
        await peer.AckAsync(PacketType.PubRec, (await peer.ExpectPublishAsync()).PacketId);
        await peer.ExpectAckAsync(PacketType.PubRel);
        await peer.PublishAsync("a", "old", MqttQoS.ExactlyOnce, id: 1);
        Assert.Equal("old", (await subscription.ReadAsync(Ct)).PayloadText);
        await peer.ExpectAckAsync(PacketType.PubRec);
        await peer.PublishAsync("a", "untaken", MqttQoS.ExactlyOnce, id: 2);
        await peer.PongAsync();
        await peer.CloseAsync();
        await connection.Closed;

        (_, peer) = await AttachAsync(client);
        await peer.GrantAsync();
        var again = await peer.ExpectPublishAsync();
        Assert.False(again.Duplicate);
        await peer.PublishAsync("a", "new", MqttQoS.ExactlyOnce, id: 1);
        Assert.Equal("untaken", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal("new", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubRec));
        await peer.AckAsync(PacketType.PubRec, again.PacketId);
        Assert.Equal(again.PacketId, await peer.ExpectAckAsync(PacketType.PubRel));
        await peer.AckAsync(PacketType.PubComp, again.PacketId);
        await publishing;
    }

    [Theory(Timeout = 10_000)]
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

    [Theory(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
    public async Task A_new_process_goes_on_with_what_its_store_holds()
    {
        var store = new InMemoryMqttSessionStore();
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store, MaxInFlight = 2 });
        Assert.Equal(MqttSessionResumption.New, client.Resumption);
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions { QoS = MqttQoS.ExactlyOnce, UnsubscribeOnDispose = false }, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync("a", "in", MqttQoS.ExactlyOnce, id: 9);
        Assert.Equal("in", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(9, await peer.ExpectAckAsync(PacketType.PubRec));
        var lost = Enumerable.Range(0, 3).Select(index => PublishAsync(client, index, MqttQoS.ExactlyOnce)).ToArray();
        var (first, second) = (await peer.ExpectPublishAsync(), await peer.ExpectPublishAsync());
        await peer.AckAsync(PacketType.PubRec, second.PacketId);
        await peer.ExpectAckAsync(PacketType.PubRel);
        await peer.CloseAsync();
        await Task.WhenAll(lost).ContinueWith(static all => Assert.True(all.IsFaulted), Ct, TaskContinuationOptions.None, TaskScheduler.Default);
        await client.DisposeAsync();

        (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store, MaxInFlight = 2 }, sessionPresent: true);
        Assert.Equal(MqttSessionResumption.Resumed, client.Resumption);
        Assert.Equal(3, client.Unacknowledged);
        Assert.Equal(second.PacketId, await peer.ExpectAckAsync(PacketType.PubRel));
        var again = await peer.ExpectPublishAsync();
        Assert.Equal((first.PacketId, true, (byte)0), (again.PacketId, again.Duplicate, again.Payload.FirstSpan[0]));
        await peer.PublishAsync("a", "in", MqttQoS.ExactlyOnce, id: 9, duplicate: true);
        Assert.Equal(9, await peer.ExpectAckAsync(PacketType.PubRec));
        await peer.AckAsync(PacketType.PubComp, second.PacketId);
        var last = await peer.ExpectPublishAsync();
        Assert.Equal((false, (byte)2), (last.Duplicate, last.Payload.FirstSpan[0]));
        Assert.NotEqual(first.PacketId, last.PacketId);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 10_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_session_at_the_server_forgets_the_identifiers_of_the_old_one_in_the_store_too(bool cleanSession)
    {
        var store = new InMemoryMqttSessionStore();
        store.AddInbound(9);
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store, CleanSession = cleanSession });
        Assert.Empty(store.LoadInbound());
        var subscribing = client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Ct);
        await peer.GrantAsync();
        var subscription = await subscribing;
        await peer.PublishAsync("a", "new", MqttQoS.ExactlyOnce, id: 9);
        Assert.Equal("new", (await subscription.ReadAsync(Ct)).PayloadText);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
    public async Task One_connection_at_a_time()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        await AttachAsync(client);
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.AttachAsync(new Peer().Transport, Ct));
    }

    [Fact(Timeout = 10_000)]
    public async Task A_store_that_fails_ends_the_connection_and_says_so()
    {
        var store = new FailingStore();
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store });
        var publishing = PublishAsync(client, 1, MqttQoS.AtLeastOnce);
        var id = (await peer.ExpectPublishAsync()).PacketId;
        store.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => PublishAsync(client, 2, MqttQoS.AtLeastOnce));
        await peer.AckAsync(PacketType.PubAck, id);
        var e = await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        Assert.Equal(MqttLinkFailure.StoreFailed, e.Failure);
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        await client.DisposeAsync();

        store.Fails = false;
        (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store }, sessionPresent: true);
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
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

    private static Task PublishAsync(MqttClient client, int index, MqttQoS qos) =>
        client.PublishAsync("up", new[] { (byte)index }, qos, cancellationToken: Ct).AsTask();

    private static async Task<(MqttConnection Connection, Peer Peer)> AttachAsync(MqttClient client, bool sessionPresent = false)
    {
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync(sessionPresent);
        return (await attaching, peer);
    }

    private sealed class FailingStore : IMqttSessionStore
    {
        private readonly InMemoryMqttSessionStore _inner = new();

        internal bool Fails { get; set; }

        private InMemoryMqttSessionStore Inner => Fails ? throw new IOException("The disk is full.") : _inner;

        public IReadOnlyList<MqttStoredEntry> LoadOutbound() => Inner.LoadOutbound();

        public IReadOnlyCollection<ushort> LoadInbound() => Inner.LoadInbound();

        public bool TryAdd(in MqttStoredMessage message) => Inner.TryAdd(message);

        public bool TryGet(long sequence, out MqttStoredMessage message) => Inner.TryGet(sequence, out message);

        public void Update(long sequence, MqttDeliveryState state, ushort packetId) => Inner.Update(sequence, state, packetId);

        public void Remove(long sequence) => Inner.Remove(sequence);

        public void AddInbound(ushort packetId) => Inner.AddInbound(packetId);

        public void RemoveInbound(ushort packetId) => Inner.RemoveInbound(packetId);

        public void ClearInbound() => Inner.ClearInbound();
    }
}
