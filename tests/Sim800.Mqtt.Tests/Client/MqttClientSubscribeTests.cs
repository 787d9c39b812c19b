using System.Threading.Channels;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Client;

public sealed class MqttClientSubscribeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-2.3.1-7")]
    [Statement("MQTT-3.8.4-2")]
    [Statement("MQTT-3.10.4-4")]
    public async Task A_request_ends_with_the_answer_that_has_its_identifier()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a/+", MqttQoS.ExactlyOnce, Ct);
        var subscribe = SubscribePacket.Read(await peer.ExpectAsync(PacketType.Subscribe));
        Assert.Equal([new MqttTopicFilter("a/+", MqttQoS.ExactlyOnce)], subscribe.Requests);
        await peer.SendAsync(new SubAckPacket((ushort)(subscribe.PacketId + 1), new byte[] { 2 }).Write);
        await peer.SendAsync(new SubAckPacket(subscribe.PacketId, new byte[] { 1 }).Write);
        var subscription = await subscribing;
        Assert.Equal(("a/+", MqttQoS.AtLeastOnce), (subscription.Filters[0].Filter, subscription.Filters[0].QoS));

        var unsubscribing = subscription.UnsubscribeAsync(Ct);
        var unsubscribe = UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe));
        Assert.Equal(["a/+"], unsubscribe.Filters);
        await peer.AckAsync(PacketType.UnsubAck, (ushort)(unsubscribe.PacketId + 1));
        await peer.PublishAsync("a/b", "in between");
        Assert.False(unsubscribing.IsCompleted);
        await peer.AckAsync(PacketType.UnsubAck, unsubscribe.PacketId);
        await unsubscribing;
        Assert.Equal(2, client.UnknownAcknowledgements);
        await subscription.Completion;
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    [Statement("MQTT-3.8.4-5")]
    [Statement("MQTT-3.9.3-1")]
    public async Task Return_codes_belong_to_the_filters_in_their_order()
    {
        var options = new MqttClientOptions { ClientId = "c" };
        await using var client = MqttClient.CreateLasting(options);
        var first = client.SubscribeAsync("a", MqttQoS.ExactlyOnce, Ct);
        var second = client.SubscribeAsync("b", MqttQoS.ExactlyOnce, Ct);
        var third = client.SubscribeAsync("c", MqttQoS.ExactlyOnce, Ct);
        var peer = new Peer();
        var attaching = client.AttachAsync(peer.Transport, Ct);
        await peer.AcceptAsync();
        var subscribe = await peer.GrantAsync(2, 0x80, 0);
        Assert.Equal(["a", "b", "c"], subscribe.Requests.Select(request => request.Filter));
        Assert.Equal(MqttQoS.ExactlyOnce, (await first).Filters[0].QoS);
        Assert.Equal(["b"], (await Assert.ThrowsAsync<MqttSubscribeRefusedException>(() => second)).Filters);
        Assert.Equal(MqttQoS.AtMostOnce, (await third).Filters[0].QoS);
        await attaching;
    }

    [Theory(Timeout = 120_000)]
    [InlineData(new byte[] { 1, 1 }, MqttProtocolError.ReturnCodeCountMismatch)]
    [InlineData(new byte[] { 3 }, MqttProtocolError.InvalidReturnCode)]
    [Statement("MQTT-3.8.4-5")]
    [Statement("MQTT-3.9.3-2")]
    public async Task A_SUBACK_that_does_not_fit_ends_the_connection(byte[] codes, MqttProtocolError error)
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        await peer.GrantAsync(codes);
        var e = await Assert.ThrowsAsync<MqttClosedException>(() => subscribing);
        Assert.Equal(error, Assert.IsType<MqttProtocolException>(e.InnerException).Error);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task An_answer_of_the_wrong_kind_ends_the_connection()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, Ct);
        var subscribe = SubscribePacket.Read(await peer.ExpectAsync(PacketType.Subscribe));
        await peer.AckAsync(PacketType.UnsubAck, subscribe.PacketId);
        await Assert.ThrowsAsync<MqttClosedException>(() => subscribing);
        Assert.Equal(
            MqttProtocolError.UnexpectedAcknowledgement,
            (await Assert.ThrowsAsync<MqttProtocolException>(() => client.Completion)).Error);
        await client.DisposeAsync();

        (client, peer) = await Peer.ConnectAsync();
        var subscription = await SubscribeAsync(client, peer, "a");
        await subscription.DisposeAsync();
        var unsubscribe = UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe));
        await peer.SendAsync(new SubAckPacket(unsubscribe.PacketId, new byte[] { 0 }).Write);
        Assert.Equal(
            MqttProtocolError.UnexpectedAcknowledgement,
            (await Assert.ThrowsAsync<MqttProtocolException>(() => client.Completion)).Error);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Each_of_overlapping_subscriptions_gets_the_message_and_the_last_to_take_it_acknowledges()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await using var exact = await SubscribeAsync(client, peer, "a/b");
        await using var wide = await SubscribeAsync(client, peer, "a/#");
        await using var other = await SubscribeAsync(client, peer, "x");
        await peer.PublishAsync("a/b", "1", MqttQoS.AtLeastOnce, id: 5);
        Assert.Equal("1", (await exact.ReadAsync(Ct)).PayloadText);
        await client.PublishAsync("mark", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("mark", (await peer.ExpectPublishAsync()).Topic);
        Assert.Equal("1", (await wide.ReadAsync(Ct)).PayloadText);
        Assert.Equal(5, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.False(other.TryRead(out _));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Two_subscriptions_to_one_filter_are_one_to_the_server_and_the_last_to_leave_ends_it()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var first = await SubscribeAsync(client, peer, "a", MqttQoS.ExactlyOnce);
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtMostOnce, Ct);
        var again = await peer.GrantAsync();
        Assert.Equal(MqttQoS.ExactlyOnce, again.Requests[0].QoS);
        var second = await subscribing;
        await peer.PublishAsync("a", "both");
        Assert.Equal("both", (await first.ReadAsync(Ct)).PayloadText);
        Assert.Equal("both", (await second.ReadAsync(Ct)).PayloadText);
        await first.DisposeAsync();
        await second.DisposeAsync();
        var unsubscribe = UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe));
        await peer.PublishAsync("a", "late", MqttQoS.AtLeastOnce, id: 9);
        Assert.Equal(9, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.AckAsync(PacketType.UnsubAck, unsubscribe.PacketId);
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
    }

    [Fact(Timeout = 120_000)]
    public async Task Reading_ends_with_the_reason_after_the_last_message_or_quietly_after_a_goodbye()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscription = await SubscribeAsync(client, peer, "a");
        await peer.PublishAsync("a", "last");
        await peer.CloseAsync();
        await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);
        await using (var messages = subscription.GetAsyncEnumerator(Ct))
        {
            Assert.True(await messages.MoveNextAsync());
            Assert.Equal("last", messages.Current.PayloadText);
            var e = await Assert.ThrowsAsync<MqttClosedException>(async () => await messages.MoveNextAsync());
            Assert.IsType<MqttLinkException>(e.InnerException);
        }

        await client.DisposeAsync();
        (client, peer) = await Peer.ConnectAsync();
        subscription = await SubscribeAsync(client, peer, "a");
        await client.DisposeAsync();
        await foreach (var message in subscription.WithCancellation(Ct))
        {
            Assert.Fail($"Nothing was sent, but {message} came.");
        }

        await Assert.ThrowsAsync<ChannelClosedException>(async () => await subscription.ReadAsync(Ct));
        await subscription.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_cancelled_request_leaves_no_subscription_behind()
    {
        using var cancellation = new CancellationTokenSource();
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", MqttQoS.AtLeastOnce, cancellation.Token);
        await peer.ExpectAsync(PacketType.Subscribe);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => subscribing);
        Assert.Equal(["a"], UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe)).Filters);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_handle_can_leave_the_subscription_at_the_server()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions { UnsubscribeOnDispose = false }, Ct);
        await peer.GrantAsync();
        await (await subscribing).DisposeAsync();
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
    }

    [Fact(Timeout = 120_000)]
    public async Task Bad_filters_are_refused_before_anything_is_sent()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync("a#", MqttQoS.AtLeastOnce, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync("a", (MqttQoS)7, Ct));
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
    }

    private static async Task<IMqttSubscription> SubscribeAsync(
        MqttClient client, Peer peer, string filter, MqttQoS qos = MqttQoS.AtLeastOnce)
    {
        var subscribing = client.SubscribeAsync(filter, qos, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }
}
