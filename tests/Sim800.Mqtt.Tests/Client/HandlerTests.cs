using System.Threading.Channels;
using Sim800.Mqtt.Codec;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>Subscriptions with a handler.</summary>
public sealed class HandlerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_handler_may_publish_with_QoS_2_and_wait_for_it()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(
            "in",
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

    [Fact(Timeout = 120_000)]
    public async Task A_handler_that_publishes_into_a_full_window_waits_for_its_turn_and_holds_up_nothing()
    {
        var (client, peer) = await Peer.ConnectAsync(new MqttClientOptions { ClientId = "c", MaxInFlight = 1 });
        var first = client.PublishAsync("first", Array.Empty<byte>(), MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask();
        var open = (await peer.ExpectPublishAsync()).PacketId;
        var subscribing = client.SubscribeAsync(
            "in",
            async (message, token) => await client.PublishAsync("out", message.Payload, MqttQoS.AtLeastOnce, cancellationToken: token),
            Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("in", "x", MqttQoS.AtLeastOnce, id: 1);
        while (client.Unacknowledged < 2)
        {
            await Task.Yield();
        }

        await peer.AckAsync(PacketType.PubAck, open);
        await first;
        var second = await peer.ExpectPublishAsync();
        Assert.Equal("out", second.Topic);
        await peer.AckAsync(PacketType.PubAck, second.PacketId);
        Assert.Equal(1, await peer.ExpectAckAsync(PacketType.PubAck));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_handler_that_throws_keeps_its_subscription_and_leaves_the_message_with_the_server()
    {
        var handled = Channel.CreateUnbounded<string>();
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(
            "in",
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

    [Fact(Timeout = 120_000)]
    public async Task A_handler_that_hangs_holds_up_nobody_else()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync(
            "slow", async (_, token) => await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), Ct);
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

    [Fact(Timeout = 120_000)]
    public async Task A_handler_that_waits_for_its_token_is_let_go_when_the_client_is_disposed()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("in", WaitAsync, Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("in", "x");
        await begun.Task;

        await client.DisposeAsync();

        await ended.Task;

        async ValueTask WaitAsync(MqttMessage message, CancellationToken token)
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.SetResult();
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_handler_that_is_cancelled_by_the_end_of_the_client_is_no_failure()
    {
        var (begun, log) = (new TaskCompletionSource(), new LogLines());
        var (client, peer) = await Peer.ConnectAsync(new MqttClientOptions { ClientId = "c", LoggerFactory = log });
        var subscribing = client.SubscribeAsync("in", WaitAsync, Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        await peer.PublishAsync("in", "x");
        await begun.Task;
        await client.DisposeAsync();
        await subscription.Completion;
        Assert.Equal(0, subscription.HandlerFailures);
        Assert.Empty(log.Warnings);

        async ValueTask WaitAsync(MqttMessage message, CancellationToken token)
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        }
    }

    private static async Task<IMqttSubscription> SubscribeAsync(
        MqttClient client, Peer peer, string filter, MqttQoS qos = MqttQoS.AtLeastOnce)
    {
        var subscribing = client.SubscribeAsync(filter, qos, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }
}
