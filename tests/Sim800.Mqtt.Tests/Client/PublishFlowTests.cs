using System.Buffers;
using System.IO.Pipelines;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Tests.Client;

/// <summary>How much is written, when it leaves, and payloads from a stream.</summary>
public sealed class PublishFlowTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task What_gathers_during_a_flush_goes_out_with_the_next_one()
    {
        var counting = new HeldLine();
        var (client, peer) = await ConnectAsync(counting);
        counting.Hold();
        for (var message = 0; message < 20; message++)
        {
            await client.PublishAsync("a", new byte[50], cancellationToken: Ct);
        }

        var before = counting.Flushes;
        counting.Release();
        await client.FlushAsync(Ct);
        Assert.InRange(counting.Flushes - before, 0, 2);
        await client.DisposeAsync();
        Assert.NotNull(peer);
    }

    [Fact(Timeout = 120_000)]
    public async Task Connect_does_not_wait_for_the_end_of_what_has_gathered_before_it()
    {
        await using var client = MqttClient.CreateLasting(new MqttClientOptions { ClientId = "c", CleanSession = false, MaxInFlight = 30 });
        var publishing = Enumerable.Range(0, 30).Select(_ => client.PublishAsync("many", new byte[1000], MqttQoS.AtLeastOnce, cancellationToken: Ct).AsTask()).ToArray();
        var line = new HeldLine();
        var connecting = client.AttachAsync(line, Ct);
        await line.SayAsync(Wire.Bytes(new ConnAckPacket(false, MqttConnectReturnCode.Accepted).Write));
        await connecting;
        await client.FlushAsync(Ct);
        Assert.Equal([1024, 2048, 4096, 8192], line.FlushSizes.Take(4));
        Assert.InRange(line.Bytes, 30 * 1000, 30 * 1010 + 100);
        for (ushort id = 1; id <= 30; id++)
        {
            await line.SayAsync(Wire.Bytes(new AckPacket(PacketType.PubAck, id).Write));
        }

        await Task.WhenAll(publishing);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_publisher_waits_while_the_transport_takes_nothing_and_nothing_is_lost()
    {
        var counting = new HeldLine();
        var (client, _) = await ConnectAsync(counting);
        counting.Hold();
        var publishing = PublishManyAsync(client, 300);
        Assert.False(publishing.IsCompleted);
        counting.Release();
        await publishing;
        await client.FlushAsync(Ct);
        await client.DisposeAsync();
        Assert.InRange(counting.Bytes, 300 * 1000, 300 * 1010 + 100);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(MqttQoS.AtMostOnce)]
    [InlineData(MqttQoS.AtLeastOnce)]
    public async Task A_large_payload_comes_from_a_stream_and_lets_nothing_in_between(MqttQoS qos)
    {
        var payload = new byte[1_000_000];
        new Random(5).NextBytes(payload);
        var (client, peer) = await Peer.ConnectAsync();
        using var stream = new MemoryStream(payload);
        var publishing = client.PublishAsync("large", stream, payload.Length, qos, cancellationToken: Ct);
        var others = PublishManyAsync(client, 5);
        var packet = await peer.ExpectPublishAsync();
        while (packet.Topic != "large")
        {
            packet = await peer.ExpectPublishAsync();
        }

        Assert.Equal(payload, packet.Payload.ToArray());
        if (qos > MqttQoS.AtMostOnce)
        {
            await peer.AckAsync(PacketType.PubAck, packet.PacketId);
        }

        await publishing;
        await others;
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stream_that_ends_early_ends_the_connection_for_half_a_packet_cannot_be_taken_back()
    {
        var (client, _) = await Peer.ConnectAsync();
        using var stream = new MemoryStream(new byte[10]);
        var e = await Assert.ThrowsAsync<MqttClosedException>(() => client.PublishAsync("a", stream, 11, cancellationToken: Ct));
        Assert.Equal(MqttLinkFailure.PayloadStreamFailed, Assert.IsType<MqttLinkException>(e.InnerException).Failure);
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stream_that_waits_for_ever_is_let_go_when_the_connection_ends()
    {
        var (client, peer) = await Peer.ConnectAsync();
        var endless = new Pipe();
        var stream = endless.Reader.AsStream();
        var publishing = client.PublishAsync("a", stream, 11, cancellationToken: Ct);
        await peer.CloseAsync();
        await Assert.ThrowsAsync<MqttClosedException>(() => publishing);
        await Assert.ThrowsAsync<MqttLinkException>(() => client.Completion);

        await endless.Writer.WriteAsync(new byte[1], Ct);
        Assert.Equal(1, await stream.ReadAsync(new byte[1].AsMemory(), Ct));
        await client.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task With_QoS_1_a_stream_that_ends_early_costs_nothing()
    {
        var (client, peer) = await Peer.ConnectAsync();
        using var stream = new MemoryStream(new byte[10]);
        await Assert.ThrowsAsync<EndOfStreamException>(() => client.PublishAsync("a", stream, 11, MqttQoS.AtLeastOnce, cancellationToken: Ct));
        await client.PublishAsync("b", Array.Empty<byte>(), cancellationToken: Ct);
        Assert.Equal("b", (await peer.ExpectPublishAsync()).Topic);
        await client.DisposeAsync();
    }

    private static async Task PublishManyAsync(MqttClient client, int count)
    {
        for (var message = 0; message < count; message++)
        {
            await client.PublishAsync("many", new byte[996], cancellationToken: Ct);
        }
    }

    private static async Task<(MqttClient Client, HeldLine Transport)> ConnectAsync(HeldLine transport)
    {
        var connecting = MqttClient.ConnectAsync(transport, new MqttClientOptions { ClientId = "c" }, Ct);
        await transport.SayAsync(Wire.Bytes(new ConnAckPacket(false, MqttConnectReturnCode.Accepted).Write));
        return (await connecting, transport);
    }
}
