using System.Threading.Channels;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Client;

public sealed class MqttClientSubscribeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 10_000)]
    [Statement("MQTT-2.3.1-7")]
    [Statement("MQTT-3.8.4-2")]
    [Statement("MQTT-3.10.4-4")]
    public async Task A_request_ends_with_the_answer_that_has_its_identifier()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a/+", MqttQoS.ExactlyOnce, Ct);
        var subscribe = SubscribePacket.Read(await peer.ExpectAsync(PacketType.Subscribe));
        Assert.Equal([new TopicRequest("a/+", MqttQoS.ExactlyOnce)], subscribe.Requests);
        await peer.SendAsync(new SubAckPacket((ushort)(subscribe.PacketId + 1), new byte[] { 2 }).Write);
        await peer.SendAsync(new SubAckPacket(subscribe.PacketId, new byte[] { 1 }).Write);
        var subscription = await subscribing;
        Assert.Equal(("a/+", MqttQoS.AtLeastOnce), (subscription.Filter, subscription.GrantedQoS));

        var unsubscribing = subscription.UnsubscribeAsync(Ct);
        var unsubscribe = UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe));
        Assert.Equal(["a/+"], unsubscribe.Filters);
        await peer.AckAsync(PacketType.UnsubAck, (ushort)(unsubscribe.PacketId + 1));
        await peer.PublishAsync("a/b", "in between");
        Assert.False(unsubscribing.IsCompleted);
        await peer.AckAsync(PacketType.UnsubAck, unsubscribe.PacketId);
        await unsubscribing;
        await subscription.Completion;
        await client.DisposeAsync();
    }

    [Fact(Timeout = 10_000)]
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
        Assert.Equal(MqttQoS.ExactlyOnce, (await first).GrantedQoS);
        Assert.Equal("b", (await Assert.ThrowsAsync<MqttSubscribeRefusedException>(() => second)).Filter);
        Assert.Equal(MqttQoS.AtMostOnce, (await third).GrantedQoS);
        await attaching;
    }

    [Theory(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
    [Statement("MQTT-4.3.3-2")]
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

    [Theory(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Theory(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
    [Statement("MQTT-4.6.0-4")]
    public async Task PUBRELs_leave_in_the_order_of_the_PUBRECs()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var publishing = Enumerable.Range(0, 3)
            .Select(_ => client.PublishAsync("a", Array.Empty<byte>(), MqttQoS.ExactlyOnce, cancellationToken: Ct).AsTask()).ToArray();
        var ids = new[] { (await peer.ExpectPublishAsync()).PacketId, (await peer.ExpectPublishAsync()).PacketId, (await peer.ExpectPublishAsync()).PacketId };
        foreach (var id in ids)
        {
            await peer.AckAsync(PacketType.PubRec, id);
        }

        foreach (var id in ids)
        {
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubRel));
            await peer.AckAsync(PacketType.PubComp, id);
        }

        await Task.WhenAll(publishing);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
    public async Task A_slow_reader_loses_QoS_0_beyond_its_capacity_and_leaves_QoS_1_with_the_server()
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
        Assert.Equal(2, subscription.Dropped);
        Assert.Equal("1", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal("2", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubAck));
        await peer.PublishAsync("a", "5", MqttQoS.AtLeastOnce, id: 5);
        Assert.Equal("5", (await subscription.ReadAsync(Ct)).PayloadText);
        Assert.Equal(5, await peer.ExpectAckAsync(PacketType.PubAck));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 10_000)]
    public async Task A_handler_may_publish_with_QoS_2_and_wait_for_it()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(
            "in",
            new MqttSubscribeOptions(),
            async (message, token) => await client.PublishAsync("out", message.Payload, MqttQoS.ExactlyOnce, cancellationToken: token),
            Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("in", "x", MqttQoS.AtLeastOnce, id: 1);
        var id = (await peer.ExpectPublishAsync()).PacketId;
        await peer.AckAsync(PacketType.PubRec, id);
        Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubRel));
        await peer.AckAsync(PacketType.PubComp, id);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 10_000)]
    public async Task A_handler_that_throws_keeps_its_subscription_and_leaves_the_message_with_the_server()
    {
        var handled = Channel.CreateUnbounded<string>();
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(
            "in",
            new MqttSubscribeOptions(),
            (message, _) => handled.Writer.TryWrite(message.PayloadText) && message.PayloadText == "bad"
                ? throw new InvalidOperationException("The handler does not like it.")
                : ValueTask.CompletedTask,
            Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("in", "bad", MqttQoS.AtLeastOnce, id: 1);
        await peer.PublishAsync("in", "good", MqttQoS.AtLeastOnce, id: 2);
        Assert.Equal("bad", await handled.Reader.ReadAsync(Ct));
        Assert.Equal("good", await handled.Reader.ReadAsync(Ct));
        Assert.Equal(2, await peer.ExpectAckAsync(PacketType.PubAck));
        Assert.Equal(1, subscription.HandlerFailures);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 10_000)]
    public async Task A_handler_that_hangs_holds_up_nobody_else()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(
            "slow", new MqttSubscribeOptions(), async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), Ct);
        await peer.GrantAsync();
        await using var slow = await subscribing;
        await using var quick = await SubscribeAsync(client, peer, "quick");
        await peer.PublishAsync("slow", "x");
        await peer.PublishAsync("quick", "y");
        Assert.Equal("y", (await quick.ReadAsync(Ct)).PayloadText);
        var publishing = client.PublishAsync("a", Array.Empty<byte>(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
        await publishing;
        await client.DisposeAsync();
    }

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
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

    [Fact(Timeout = 10_000)]
    public async Task A_handle_can_leave_the_subscription_at_the_server()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions { UnsubscribeOnDispose = false }, Ct);
        await peer.GrantAsync();
        await (await subscribing).DisposeAsync();
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
    }

    [Fact(Timeout = 10_000)]
    public async Task Bad_filters_are_refused_before_anything_is_sent()
    {
        var (client, peer) = await Peer.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync("a#", MqttQoS.AtLeastOnce, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync("a", (MqttQoS)7, Ct));
        await client.DisposeAsync();
        Assert.Equal(PacketType.Disconnect, (await peer.ReadAsync()).Type);
    }

    private static async Task<MqttSubscription> SubscribeAsync(
        MqttClient client, Peer peer, string filter, MqttQoS qos = MqttQoS.AtLeastOnce)
    {
        var subscribing = client.SubscribeAsync(filter, qos, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }
}
