using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

public sealed class MqttClientPublishTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.3.1-1")]
    [Statement("MQTT-3.3.1-2")]
    [Statement("MQTT-2.3.1-5")]
    public async Task QoS_0_is_sent_once_with_neither_DUP_nor_packet_identifier()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await client.PublishAsync("a", "x"u8.ToArray(), retain: true, cancellationToken: Ct);
        var packet = await peer.ExpectPublishAsync();
        Assert.Equal((MqttQoS.AtMostOnce, true, false, (ushort)0), (packet.QoS, packet.Retain, packet.Duplicate, packet.PacketId));
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.3.2-1")]
    [Statement("MQTT-2.3.1-2")]
    public async Task QoS_1_is_open_until_its_own_PUBACK_comes()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var first = client.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        var second = client.PublishAsync("a", "2"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        var (one, two) = (await peer.ExpectPublishAsync(), await peer.ExpectPublishAsync());
        Assert.Equal((MqttQoS.AtLeastOnce, false), (one.QoS, one.Duplicate));
        Assert.NotEqual(one.PacketId, two.PacketId);
        await peer.AckAsync(PacketType.PubAck, two.PacketId);
        await second;
        Assert.False(first.IsCompleted);
        Assert.Equal(1, client.Unacknowledged);
        await peer.AckAsync(PacketType.PubAck, one.PacketId);
        await first;
        Assert.Equal(0, client.Unacknowledged);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-4.3.3-1")]
    [Statement("MQTT-2.3.1-6")]
    public async Task QoS_2_goes_through_its_four_packets_under_one_identifier()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = client.PublishAsync("a", "1"u8.ToArray(), MqttQoS.ExactlyOnce, cancellationToken: Ct).AsTask();
        var packet = await peer.ExpectPublishAsync();
        Assert.Equal((MqttQoS.ExactlyOnce, false), (packet.QoS, packet.Duplicate));
        await peer.AckAsync(PacketType.PubRec, packet.PacketId);
        Assert.Equal(packet.PacketId, await peer.ExpectAckAsync(PacketType.PubRel));
        Assert.False(publishing.IsCompleted);
        await peer.AckAsync(PacketType.PubRec, packet.PacketId);
        Assert.Equal(packet.PacketId, await peer.ExpectAckAsync(PacketType.PubRel));
        await peer.AckAsync(PacketType.PubComp, packet.PacketId);
        await publishing;
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, (byte)PacketType.PubRec)]
    [InlineData(MqttQoS.AtLeastOnce, (byte)PacketType.PubComp)]
    [InlineData(MqttQoS.ExactlyOnce, (byte)PacketType.PubAck)]
    [InlineData(MqttQoS.ExactlyOnce, (byte)PacketType.PubComp)]
    public async Task An_acknowledgement_of_the_wrong_kind_ends_the_connection(MqttQoS qos, byte type)
    {
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = client.PublishAsync("a", "1"u8.ToArray(), qos, cancellationToken: Ct).AsTask();
        await peer.AckAsync((PacketType)type, (await peer.ExpectPublishAsync()).PacketId);
        var e = (MqttProtocolException)(await Assert.ThrowsAsync<MqttClosedException>(() => publishing)).InnerException!;
        Assert.Equal(MqttProtocolError.UnexpectedAcknowledgement, e.Error);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_late_acknowledgement_is_harmless_and_a_late_PUBREC_is_answered()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await peer.AckAsync(PacketType.PubAck, 77);
        await peer.AckAsync(PacketType.PubComp, 77);
        await peer.AckAsync(PacketType.UnsubAck, 77);
        await peer.SendAsync(new SubAckPacket(77, new byte[] { 0 }).Write);
        await peer.AckAsync(PacketType.PubRec, 77);
        Assert.Equal(77, await peer.ExpectAckAsync(PacketType.PubRel));
        Assert.False(client.Completion.IsCompleted);
        Assert.Equal(5, client.UnknownAcknowledgements);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task No_more_than_the_window_is_under_way_and_the_rest_follows_in_order()
    {
        var (client, peer) = await Peer.ConnectAsync(new MqttClientOptions { ClientId = "c", MaxInFlight = 2 });
        var publishing = Enumerable.Range(0, 6)
            .Select(index => client.PublishAsync("a", new[] { (byte)index }, MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask()).ToArray();
        await client.PublishAsync("probe", Array.Empty<byte>(), cancellationToken: Ct);
        var open = new Queue<ushort>();
        for (var index = 0; index < 6; index++)
        {
            if (open.Count == 2)
            {
                if (index == 2)
                {
                    Assert.Equal("probe", (await peer.ExpectPublishAsync()).Topic);
                }

                await peer.AckAsync(PacketType.PubAck, open.Dequeue());
            }

            var packet = await peer.ExpectPublishAsync();
            Assert.Equal(index, packet.Payload.FirstSpan[0]);
            Assert.DoesNotContain(packet.PacketId, open);
            open.Enqueue(packet.PacketId);
        }

        foreach (var id in open)
        {
            await peer.AckAsync(PacketType.PubAck, id);
        }

        await Task.WhenAll(publishing);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Cancelling_stops_the_waiting_and_not_the_delivery()
    {
        using var cancellation = new CancellationTokenSource();
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = client.PublishAsync("a", "x"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: cancellation.Token).AsTask();
        var id = (await peer.ExpectPublishAsync()).PacketId;
        await cancellation.CancelAsync();
        var e = await Assert.ThrowsAsync<OperationCanceledException>(() => publishing);
        Assert.Equal(cancellation.Token, e.CancellationToken);
        Assert.Equal(1, client.Unacknowledged);
        var next = client.PublishAsync("a", "y"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        await peer.AckAsync(PacketType.PubAck, id);
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
        await next;
        Assert.Equal(0, client.Unacknowledged);
        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await client.PublishAsync("a", Array.Empty<byte>(), cancellationToken: cancellation.Token));
        await client.DisposeAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtMostOnce)]
    [InlineData(MqttQoS.ExactlyOnce)]
    public async Task A_payload_in_pieces_is_one_payload(MqttQoS qos)
    {
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = client.PublishAsync("a", Splits.Segments("hello"u8.ToArray(), 2, 1, 2), qos, cancellationToken: Ct).AsTask();
        Assert.Equal("hello"u8.ToArray(), (await peer.ExpectPublishAsync()).Payload.ToArray());
        await client.DisposeAsync();
        if (qos > MqttQoS.AtMostOnce)
        {
            Assert.Null((await Assert.ThrowsAsync<MqttClosedException>(() => publishing)).InnerException);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task Bad_input_is_refused_before_anything_is_sent()
    {
        var (client, peer) = await Peer.ConnectAsync(new MqttClientOptions { ClientId = "c", MaxPacketSize = 100 });
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.PublishAsync("a/#", Array.Empty<byte>(), cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.PublishAsync("a", Array.Empty<byte>(), (MqttQoS)3, cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await client.PublishAsync("a", new byte[96], cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync("a", Stream.Null, 1L << 40, cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.PublishAsync("a", Stream.Null, -1, cancellationToken: Ct));
        await client.PublishAsync("a", new byte[95], cancellationToken: Ct);
        Assert.Equal(95, (await peer.ExpectPublishAsync()).Payload.Length);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_full_store_refuses_or_drops_the_oldest_that_was_never_sent()
    {
        var options = new MqttClientOptions { ClientId = "c", MaxInFlight = 1, SessionStore = new MqttInMemorySessionStore(maxMessages: 2) };
        var (client, peer) = await Peer.ConnectAsync(options);
        var sent = client.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        var queued = client.PublishAsync("a", "2"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        var e = await Assert.ThrowsAsync<MqttStoreFullException>(
            async () => await client.PublishAsync("a", "3"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct));
        Assert.False(e.WasDropped);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<MqttClosedException>(() => sent);
        await Assert.ThrowsAsync<MqttClosedException>(() => queued);

        (client, peer) = await Peer.ConnectAsync(options with
        {
            WhenStoreFull = MqttStoreFullPolicy.DropOldest,
            SessionStore = new MqttInMemorySessionStore(maxBytes: 2),
        });
        sent = client.PublishAsync("a", "1"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        queued = client.PublishAsync("a", "2"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        var newest = client.PublishAsync("a", "3"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        Assert.True((await Assert.ThrowsAsync<MqttStoreFullException>(() => queued)).WasDropped);
        e = await Assert.ThrowsAsync<MqttStoreFullException>(
            async () => await client.PublishAsync("a", new byte[3], MqttQoS.AtLeastOnce, cancellationToken: Ct));
        Assert.False(e.WasDropped);
        Assert.True((await Assert.ThrowsAsync<MqttStoreFullException>(() => newest)).WasDropped);
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
        await sent;
        await client.DisposeAsync();
    }
}
