using System.Text;
using Sim800.Mqtt.Client;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>More messages of QoS 1 and 2 than a subscription has room for: in order, whole, in bounded memory, on one connection.</summary>
public sealed class BackPressureTests
{
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtLeastOnce, 8, 40)]
    [InlineData(MqttQoS.ExactlyOnce, 8, 40)]
    [InlineData(MqttQoS.AtLeastOnce, 1, 1000)]
    [InlineData(MqttQoS.ExactlyOnce, 1, 1000)]
    [InlineData(MqttQoS.AtLeastOnce, 1024, ushort.MaxValue)]
    public async Task All_arrive_in_order_on_one_connection(MqttQoS qos, int capacity, int count)
    {
        var (client, peer) = await ConnectAsync(new MqttClientOptions { ClientId = "c", CleanSession = false });
        await using var subscription = await SubscribeAsync(client, peer, capacity, qos);
        await peer.SendAsync(output =>
        {
            for (var id = 1; id <= count; id++)
            {
                new PublishPacket("a", new(Encoding.ASCII.GetBytes($"{id}")), qos, Retain: false, Duplicate: false, (ushort)id).Write(output);
            }
        });
        var acknowledging = Task.Run(async () =>
        {
            for (var id = 1; id <= count; id++)
            {
                Assert.Equal(id, await peer.ExpectAckAsync(qos == MqttQoS.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec));
            }
        }, Ct);
        for (var id = 1; id <= count; id++)
        {
            Assert.InRange(client.HeldBack, 0, capacity + MqttSubscription.MostExcess + 1);
            Assert.Equal($"{id}", (await subscription.ReadAsync(Ct)).PayloadText);
        }

        await acknowledging;
        Assert.Equal(0, subscription.Dropped);
        Assert.Equal((1, MqttClientState.Connected), (client.Status.Connections, client.Status.State));
        await client.DisposeAsync();
    }

    /// <summary>For hours nobody takes anything: PINGREQ is sent, PINGRESP cannot be read, and the connection lives.</summary>
    [Fact(Timeout = 120_000)]
    public async Task The_keep_alive_holds_while_the_server_waits_for_the_application()
    {
        var (client, peer) = await ConnectAsync(new MqttClientOptions { ClientId = "c", TimeProvider = _clock, KeepAlive = TimeSpan.FromSeconds(60) });
        await using var subscription = await SubscribeAsync(client, peer, capacity: 1, MqttQoS.AtLeastOnce);
        const int Count = MqttSubscription.MostExcess + 50;
        for (ushort id = 1; id <= Count; id++)
        {
            await peer.PublishAsync("a", $"{id}", MqttQoS.AtLeastOnce, id);
        }

        while (client.HeldBack <= MqttSubscription.MostExcess)
        {
            await Task.Yield();
        }

        for (var minute = 0; minute < 120; minute++)
        {
            _clock.Advance(TimeSpan.FromSeconds(60));
            await peer.ExpectAsync(PacketType.PingReq);
            await peer.PongAsync();
        }

        for (var id = 1; id <= Count; id++)
        {
            Assert.Equal($"{id}", (await subscription.ReadAsync(Ct)).PayloadText);
            Assert.Equal(id, await peer.ExpectAckAsync(PacketType.PubAck));
        }

        Assert.Equal(MqttClientState.Connected, client.Status.State);
        await client.DisposeAsync();
    }

    /// <summary>A handler that publishes waits for an acknowledgement behind the messages that wait for the handler.</summary>
    [Fact(Timeout = 120_000)]
    public async Task A_handler_may_wait_for_its_own_publication_while_messages_queue()
    {
        var (client, peer) = await ConnectAsync(new MqttClientOptions { ClientId = "c" });
        var handled = 0;
        var subscribing = client.SubscribeAsync("a", new MqttSubscribeOptions
        {
            Capacity = 2,
            Handler = async (_, token) =>
            {
                await client.PublishAsync("b", "x"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: token);
                Interlocked.Increment(ref handled);
            },
        }, Ct);
        await peer.GrantAsync();
        await using var subscription = await subscribing;
        for (ushort id = 1; id <= 20; id++)
        {
            await peer.PublishAsync("a", $"{id}", MqttQoS.AtLeastOnce, id);
        }

        while (Volatile.Read(ref handled) < 20)
        {
            var frame = await peer.ReadAsync();
            if (frame.Type == PacketType.Publish)
            {
                var publish = PublishPacket.Read(frame);
                await peer.AckAsync(PacketType.PubAck, publish.PacketId);
            }
        }

        await client.DisposeAsync();
    }

    private static Task<(MqttClient Client, Peer Peer)> ConnectAsync(MqttClientOptions options) => Peer.ConnectAsync(options);

    private static async Task<IMqttSubscription> SubscribeAsync(MqttClient client, Peer peer, int capacity, MqttQoS qos)
    {
        var subscribing = client.SubscribeAsync([new MqttTopicFilter("a", qos)], new MqttSubscribeOptions { Capacity = capacity }, Ct);
        await peer.GrantAsync();
        return await subscribing;
    }
}
