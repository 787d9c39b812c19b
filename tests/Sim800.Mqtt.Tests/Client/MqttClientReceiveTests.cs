using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>QoS, order and acknowledgement of what the server sends.</summary>
public sealed class MqttClientReceiveTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.3.4-1")]
    [Statement("MQTT-4.3.2-2")]
    public async Task QoS_1_is_acknowledged_when_it_is_taken_and_then_the_identifier_means_a_new_message()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var subscription = await SubscribeAsync(client, peer, "a");
        await peer.PublishAsync("a", "one", MqttQoS.AtLeastOnce, id: 7);
        var message = await subscription.ReadAsync(Ct);
        Assert.Equal(("one", MqttQoS.AtLeastOnce, false), (message.PayloadText, message.QoS, message.Duplicate));
        Assert.Equal(7, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.PublishAsync("a", "two", MqttQoS.AtLeastOnce, id: 7, duplicate: true);
        message = await subscription.ReadAsync(Ct);
        Assert.Equal(("two", true), (message.PayloadText, message.Duplicate));
        Assert.Equal(7, await peer.ExpectAckAsync(PacketType.PubAck));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.3.3-2")]
    [Statement("MQTT-3.3.4-1")]
    [Statement("MQTT-2.3.1-6")]
    public async Task QoS_2_reaches_the_application_once_and_is_answered_every_time()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var subscription = await SubscribeAsync(client, peer, "a", MqttQoS.ExactlyOnce);
        await peer.PublishAsync("a", "one", MqttQoS.ExactlyOnce, id: 7);
        Assert.Equal("one", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(7, await peer.ExpectAckAsync(PacketType.PubRec));
        await peer.PublishAsync("a", "one", MqttQoS.ExactlyOnce, id: 7, duplicate: true);
        Assert.Equal(7, await peer.ExpectAckAsync(PacketType.PubRec));
        await peer.AckAsync(PacketType.PubRel, 7);
        Assert.Equal(7, await peer.ExpectAckAsync(PacketType.PubComp));
        await peer.AckAsync(PacketType.PubRel, 7);
        Assert.Equal(7, await peer.ExpectAckAsync(PacketType.PubComp));
        Assert.False(subscription.TryRead(out _));
        await peer.PublishAsync("a", "two", MqttQoS.ExactlyOnce, id: 7);
        Assert.Equal("two", (await subscription.ReadAsync(Ct)).PayloadText);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.3.4-1")]
    public async Task QoS_0_is_not_answered()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var subscription = await SubscribeAsync(client, peer, "a", MqttQoS.AtMostOnce);
        await peer.PublishAsync("a", "x");
        Assert.Equal("x", (await subscription.ReadAsync(Ct)).PayloadText);
        await client.PublishAsync("mark", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("mark", (await peer.ExpectPublishAsync()).Topic);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce)]
    [InlineData(MqttQoS.ExactlyOnce)]
    [Statement("MQTT-2.3.1-4")]
    public async Task A_server_that_uses_an_open_identifier_again_ends_the_connection(MqttQoS qos)
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var subscription = await SubscribeAsync(client, peer, "a", qos);
        await peer.PublishAsync("a", "one", qos, id: 7);
        await peer.PublishAsync("a", "two", qos, id: 7);
        Assert.Equal(
            MqttProtocolError.PacketIdInUse, (await Assert.ThrowsAsync<MqttProtocolException>(() => client.Completion)).Error);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_PUBREL_before_our_PUBREC_ends_the_connection()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var subscription = await SubscribeAsync(client, peer, "a", MqttQoS.ExactlyOnce);
        await peer.PublishAsync("a", "one", MqttQoS.ExactlyOnce, id: 7);
        await peer.AckAsync(PacketType.PubRel, 7);
        Assert.Equal(
            MqttProtocolError.UnexpectedAcknowledgement,
            (await Assert.ThrowsAsync<MqttProtocolException>(() => client.Completion)).Error);
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, (byte)PacketType.PubAck)]
    [InlineData(MqttQoS.ExactlyOnce, (byte)PacketType.PubRec)]
    [Statement("MQTT-4.6.0-2")]
    [Statement("MQTT-4.6.0-3")]
    public async Task Acknowledgements_leave_in_the_order_of_receipt_in_whatever_order_messages_are_taken(MqttQoS qos, byte type)
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var a = await SubscribeAsync(client, peer, "a", qos);
        await using var b = await SubscribeAsync(client, peer, "b", qos);
        await peer.PublishAsync("a", "1", qos, id: 11);
        await peer.PublishAsync("b", "2", qos, id: 12);
        await peer.PublishAsync("a", "3", qos, id: 13);
        await b.ReadAsync(Ct);
        await client.PublishAsync("mark", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("mark", (await peer.ExpectPublishAsync()).Topic);
        await a.ReadAsync(Ct);
        await a.ReadAsync(Ct);
        Assert.Equal(11, await peer.ExpectAckAsync((PacketType)type));
        Assert.Equal(12, await peer.ExpectAckAsync((PacketType)type));
        Assert.Equal(13, await peer.ExpectAckAsync((PacketType)type));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.6.0-4")]
    public async Task PUBRELs_leave_in_the_order_of_the_PUBRECs()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = Enumerable.Range(0, 3)
            .Select(_ => client.PublishAsync("a", Array.Empty<byte>(), MqttQoS.ExactlyOnce, cancellationToken: Ct).AsTask()).ToArray();
        var ids = new[] { (await peer.ExpectPublishAsync()).PacketId, (await peer.ExpectPublishAsync()).PacketId, (await peer.ExpectPublishAsync()).PacketId };
        ushort[] received = [ids[1], ids[2], ids[0]];
        foreach (var id in received)
        {
            await peer.AckAsync(PacketType.PubRec, id);
        }

        foreach (var id in received)
        {
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubRel));
            await peer.AckAsync(PacketType.PubComp, id);
        }

        await Task.WhenAll(publishing);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.5.0-2")]
    public async Task A_message_nobody_asked_for_is_acknowledged_all_the_same()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await peer.PublishAsync("unasked", "x", MqttQoS.AtLeastOnce, id: 3);
        Assert.Equal(3, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.PublishAsync("unasked", "x", MqttQoS.ExactlyOnce, id: 4);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubRec));
        await peer.AckAsync(PacketType.PubRel, 4);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubComp));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task With_manual_acknowledgement_only_the_application_acknowledges()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions { Acknowledgement = MqttAcknowledgement.Manual }, Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("a", "1", MqttQoS.AtLeastOnce, id: 5);
        var message = await subscription.ReadAsync(Ct);
        await client.PublishAsync("mark", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("mark", (await peer.ExpectPublishAsync()).Topic);
        message.Acknowledge();
        message.Acknowledge();
        Assert.Equal(5, await peer.ExpectAckAsync(PacketType.PubAck));
        await client.PublishAsync("mark", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("mark", (await peer.ExpectPublishAsync()).Topic);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_slow_reader_loses_QoS_0_beyond_its_capacity_and_gets_all_of_QoS_1()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions { Capacity = 2 }, Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("a", "1");
        await peer.PublishAsync("a", "2", MqttQoS.AtLeastOnce, id: 2);
        await peer.PublishAsync("a", "3");
        await peer.PublishAsync("a", "4", MqttQoS.AtLeastOnce, id: 4);
        await peer.AckAsync(PacketType.PubRec, 99);
        Assert.Equal(99, await peer.ExpectAckAsync(PacketType.PubRel));
        Assert.Equal(1, subscription.Dropped);
        Assert.Equal("1", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal("2", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal("4", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(4, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.PublishAsync("a", "5", MqttQoS.AtLeastOnce, id: 5);
        Assert.Equal("5", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(5, await peer.ExpectAckAsync(PacketType.PubAck));
        await client.DisposeAsync();
    }

    private static async Task<IMqttSubscription> SubscribeAsync(
        MqttClient client, Peer peer, string filter, MqttQoS qos = MqttQoS.AtLeastOnce)
    {
        var subscribing = client.SubscribeAsync(filter, qos, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }
}
