using Sim800.Mqtt.Client;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>A session that goes on from one connection to the next: what we send.</summary>
public sealed class ResumeSendingTests
{
    private static readonly MqttClientOptions Stored = new() { ClientId = "c", CleanSession = false };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
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
        Assert.IsType<MqttLinkException>(await connection.Closed);

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

    [Fact(Timeout = 120_000)]
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

    [Fact(Timeout = 120_000)]
    public async Task Connect_and_what_waits_leave_together_without_waiting_for_connack()
    {
        await using var client = MqttClient.CreateLasting(Stored);
        var publishing = Enumerable.Range(0, 3).Select(index => PublishAsync(client, index, MqttQoS.AtLeastOnce)).ToArray();
        await Assert.ThrowsAsync<MqttClosedException>(() => client.FlushAsync(Ct));
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

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_after_early_messages_reports_nothing_as_delivered_and_loses_nothing()
    {
        var store = new MqttInMemorySessionStore();
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

    /// <summary>aedes hangs up at 42.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Of_much_that_waits_a_few_messages_leave_before_connack_and_the_others_after_it()
    {
        const int Count = MqttSession.MostBeforeConnAck + 20;
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", CleanSession = false });
        var publishing = Enumerable.Range(0, Count).Select(index => PublishAsync(client, index, MqttQoS.AtLeastOnce)).ToArray();
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.ExpectAsync(PacketType.Connect);
        for (var early = 0; early < MqttSession.MostBeforeConnAck; early++)
        {
            _ = await peer.ExpectPublishAsync();
        }

        var next = peer.ReadAsync();
        Assert.False(next.IsCompleted);
        await peer.SendAsync(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write);
        await attaching;
        await peer.AckAsync(PacketType.PubAck, PublishPacket.Read(await next).PacketId);
        await publishing[MqttSession.MostBeforeConnAck];
    }

    [Fact(Timeout = 120_000)]
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

    [Fact(Timeout = 120_000)]
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

    [Fact(Timeout = 120_000)]
    public async Task A_new_process_goes_on_with_what_its_store_holds()
    {
        var store = new MqttInMemorySessionStore();
        var (client, peer) = await Peer.ConnectAsync(Stored with { SessionStore = store, MaxInFlight = 2 });
        Assert.Equal(MqttSessionResumption.New, client.Resumption);
        var subscribing = client.SubscribeAsync(
                [new MqttTopicFilter("a", MqttQoS.ExactlyOnce)], new MqttSubscribeOptions { UnsubscribeOnDispose = false }, Ct);
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
