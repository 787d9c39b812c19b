using System.Buffers;
using Sim800.Mqtt.Client;
using Sim800.Mqtt.Packets;
using TestKit;

namespace Sim800.Mqtt.Tests.Client;

public sealed class LargePacketTests
{
    private readonly LargePacket _packet = new();

    [Theory]
    [InlineData(LargePacket.Threshold - 8, false)]
    [InlineData(LargePacket.Threshold, true)]
    public void Only_a_large_packet_is_gathered(int payload, bool isGathered)
    {
        var bytes = Publish(payload);
        var rest = _packet.Begin(new ReadOnlySequence<byte>(bytes, 0, 1000));
        Assert.Equal(isGathered, _packet.IsOpen);
        Assert.Equal(isGathered ? 0 : 1000, rest.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Nothing_begins_before_the_length_is_there(int count)
    {
        var rest = _packet.Begin(new ReadOnlySequence<byte>(Publish(1_000_000), 0, count));
        Assert.False(_packet.IsOpen);
        Assert.Equal(count, rest.Length);
    }

    [Fact]
    public void Any_split_gives_the_same_bytes_and_leaves_what_follows()
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            var payload = new byte[LargePacket.Threshold + random.Next(2_000_000)];
            random.NextBytes(payload);
            var packet = Wire.Bytes(output => new PublishPacket("t", new(payload), MqttQoS.AtMostOnce, false, false, 0).Write(output));
            byte[] stream = [.. packet, 0xD0, 0];
            var at = 4 + random.Next(60_000);
            Assert.Equal(0, _packet.Begin(new ReadOnlySequence<byte>(stream, 0, Math.Min(at, packet.Length - 1))).Length);
            at = Math.Min(at, packet.Length - 1);
            var rest = ReadOnlySequence<byte>.Empty;
            while (!_packet.IsWhole)
            {
                var count = Math.Min(1 + random.Next(60_000), stream.Length - at);
                rest = _packet.Append(new ReadOnlySequence<byte>(stream, at, count));
                at += count;
            }

            Assert.Equal(packet, _packet.Bytes.ToArray());
            Assert.Equal(stream[packet.Length..at], rest.ToArray());
            _packet.Release();
            Assert.False(_packet.IsOpen);
        }
    }

    private static byte[] Publish(int payload) =>
        Wire.Bytes(output => new PublishPacket("t", new(new byte[payload]), MqttQoS.AtMostOnce, false, false, 0).Write(output));
}
