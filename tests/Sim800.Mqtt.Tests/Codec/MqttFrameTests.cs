using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;
using TestKit;

namespace Sim800.Mqtt.Tests.Codec;

public sealed class MqttFrameTests
{
    private static readonly byte[] Stream = Wire.Bytes(output =>
    {
        new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write(output);
        new PublishPacket("a/b", new(new byte[200]), MqttQoS.AtLeastOnce, Retain: false, Duplicate: false, 7).Write(output);
        new EmptyPacket(PacketType.PingResp).Write(output);
        new SubAckPacket(9, new byte[] { 1 }).Write(output);
    });

    [Fact]
    public void A_prefix_is_never_a_packet()
    {
        var packet = Wire.Bytes(new PublishPacket("topic", new(new byte[200]), MqttQoS.AtMostOnce, false, false, 0).Write);
        for (var length = 0; length < packet.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(packet, 0, length);
            Assert.False(MqttFrame.TryRead(ref input, 1000, out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Fact]
    public void Any_split_of_a_stream_gives_the_same_packets()
    {
        var whole = Describe(new ReadOnlySequence<byte>(Stream));
        Assert.Equal(4, whole.Count);
        foreach (var pieces in Splits.Of(Stream.Length))
        {
            Assert.Equal(whole, Describe(Splits.Segments(Stream, pieces)));
            Assert.Equal(whole, ReadAsTheyCome(pieces));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(16_383, 2)]
    [InlineData(16_384, 3)]
    [InlineData(2_097_151, 3)]
    [InlineData(2_097_152, 4)]
    [InlineData(268_435_455, 4)]
    public void A_length_takes_as_few_bytes_as_it_can(int length, int size)
    {
        var bytes = Wire.Bytes(output => RemainingLength.Write(output, length));
        Assert.Equal(size, bytes.Length);
        Assert.Equal(size, RemainingLength.SizeOf(length));
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes));
        Assert.True(RemainingLength.TryRead(ref reader, out var read));
        Assert.Equal(length, read);
    }

    [Fact]
    public void Refuses_a_fifth_length_byte() => Assert.Equal(
        MqttProtocolError.RemainingLengthTooLong, Wire.ErrorOf(() => Wire.Frame("30 FF FF FF FF 01")));

    [Fact]
    public void Refuses_a_packet_that_is_too_large_by_its_header_alone()
    {
        var input = new ReadOnlySequence<byte>(Wire.Parse("30 80 08"));
        Assert.Equal(MqttProtocolError.PacketTooLarge, Wire.ErrorOf(() => MqttFrame.TryRead(ref input, 1026, out _)));
        Assert.False(MqttFrame.TryRead(ref input, 1027, out _));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("30", null)]
    [InlineData("30 80", null)]
    [InlineData("C0 00", 2)]
    [InlineData("30 05", 7)]
    [InlineData("30 80 01", 131)]
    [InlineData("30 05 00 01", 7)]
    public void The_size_of_a_packet_is_known_as_soon_as_its_header_is(string hex, int? size) =>
        Assert.Equal(size, MqttFrame.SizeOf(new ReadOnlySequence<byte>(Wire.Parse(hex))));

    [Theory]
    [InlineData("00 00")]
    [InlineData("F0 00")]
    public void Refuses_a_reserved_packet_type(string hex) =>
        Assert.Equal(MqttProtocolError.ReservedPacketType, Wire.ErrorOf(() => Wire.Frame(hex)));

    [Fact]
    [Statement("MQTT-2.2.2-2")]
    [Statement("MQTT-3.6.1-1")]
    public void Refuses_flags_that_are_not_those_of_the_type()
    {
        foreach (var type in Enum.GetValues<PacketType>().Where(type => type != PacketType.Publish))
        {
            for (var flags = 0; flags < 16; flags++)
            {
                var input = new ReadOnlySequence<byte>([(byte)(((int)type << 4) | flags)]);
                if (flags == type.Flags())
                {
                    Assert.False(MqttFrame.TryRead(ref input, 1000, out _));
                }
                else
                {
                    Assert.Equal(MqttProtocolError.InvalidFlags, Wire.ErrorOf(() => MqttFrame.TryRead(ref input, 1000, out _)));
                }
            }
        }
    }

    private static List<string> Describe(ReadOnlySequence<byte> input)
    {
        var seen = new List<string>();
        while (MqttFrame.TryRead(ref input, 1000, out var frame))
        {
            seen.Add($"{frame.Type} {frame.Flags} {Wire.Hex(frame.Body.ToArray())}");
        }

        return seen;
    }

    private static List<string> ReadAsTheyCome(int[] pieces)
    {
        var (start, end) = (0, 0);
        var seen = new List<string>();
        foreach (var piece in pieces)
        {
            end += piece;
            var input = new ReadOnlySequence<byte>(Stream, start, end - start);
            while (MqttFrame.TryRead(ref input, 1000, out var frame))
            {
                seen.Add($"{frame.Type} {frame.Flags} {Wire.Hex(frame.Body.ToArray())}");
            }

            start = end - (int)input.Length;
        }

        return seen;
    }
}
