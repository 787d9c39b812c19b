using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

public sealed class RequestTests
{
    /// <summary>For an answer that comes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly byte[] Question = "?"u8.ToArray();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_request_subscribes_publishes_and_takes_the_first_answer_that_is_not_an_old_one()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var requesting = client.RequestAsync("do", Question, "done", Patience, cancellationToken: Ct);
        Assert.Equal("done", (await peer.GrantAsync()).Requests[0].Filter);
        await peer.AckAsync(PacketType.PubAck, (await peer.ExpectPublishAsync()).PacketId);
        await peer.SendAsync(new PublishPacket("done", new("old"u8.ToArray()), MqttQoS.AtMostOnce, Retain: true, false, 0).Write);
        await peer.PublishAsync("done", "!");
        Assert.Equal("!", (await requesting).PayloadText);
        Assert.Equal(["done"], UnsubscribePacket.Read(await peer.ExpectAsync(PacketType.Unsubscribe)).Filters);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task On_a_subscription_made_before_an_answer_older_than_the_request_is_not_taken()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var subscribing = client.SubscribeAsync("done", MqttQoS.AtMostOnce, Ct);
        await peer.GrantAsync();
        var responses = await subscribing;
        await peer.PublishAsync("done", "stale");
        await peer.AckAsync(PacketType.PubRec, 9);
        await peer.ExpectAckAsync(PacketType.PubRel);
        var requesting = client.RequestAsync("do", Question, responses, Patience, MqttQoS.AtMostOnce, Ct);
        await peer.ExpectPublishAsync();
        await peer.PublishAsync("done", "fresh");
        Assert.Equal("fresh", (await requesting).PayloadText);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task No_answer_in_time_is_an_error_of_its_own_and_cancelling_is_not()
    {
        var clock = new ManualTimeProvider();
        var (client, peer) = await Peer.ConnectAsync(new MqttClientOptions { ClientId = "c", TimeProvider = clock, KeepAlive = TimeSpan.Zero });
        var subscribing = client.SubscribeAsync("done", MqttQoS.AtMostOnce, Ct);
        await peer.GrantAsync();
        var responses = await subscribing;
        var requesting = client.RequestAsync("do", Question, responses, TimeSpan.FromSeconds(5), MqttQoS.AtMostOnce, Ct);
        await peer.ExpectPublishAsync();
        while (clock.ArmedTimers == 0)
        {
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromSeconds(5));
        var e = await Assert.ThrowsAsync<MqttRequestTimeoutException>(() => requesting);
        Assert.Equal(("do", TimeSpan.FromSeconds(5)), (e.Topic, e.Timeout));

        using var cancellation = new CancellationTokenSource();
        requesting = client.RequestAsync("do", Question, responses, TimeSpan.FromSeconds(5), MqttQoS.AtMostOnce, cancellation.Token);
        await peer.ExpectPublishAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => requesting);
        await client.DisposeAsync();
    }
}
