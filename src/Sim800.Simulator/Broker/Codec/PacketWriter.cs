using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sim800.Simulator.Broker.Codec;

/// <summary>The packets a broker sends (MQTT 3.1.1 §3).</summary>
internal static class PacketWriter
{
    internal static void ConnAck(IBufferWriter<byte> output, bool sessionPresent, byte returnCode) =>
        Bytes(output, [(byte)PacketType.ConnAck << 4, 2, sessionPresent ? (byte)1 : (byte)0, returnCode]);

    internal static void PingResp(IBufferWriter<byte> output) => Bytes(output, [(byte)PacketType.PingResp << 4, 0]);

    /// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP or UNSUBACK: nothing but a packet identifier (§3.4 to §3.7, §3.11).</summary>
    internal static void Ack(IBufferWriter<byte> output, PacketType type, ushort id)
    {
        var flags = type == PacketType.PubRel ? 2 : 0;
        Bytes(output, [(byte)(((int)type << 4) | flags), 2, (byte)(id >> 8), (byte)id]);
    }

    internal static void SubAck(IBufferWriter<byte> output, ushort id, ReadOnlySpan<byte> returnCodes)
    {
        FixedHeader(output, PacketType.SubAck, 0, 2 + returnCodes.Length);
        UInt16(output, id);
        output.Write(returnCodes);
    }

    internal static void Publish(IBufferWriter<byte> output, Application message, ushort id, bool duplicate)
    {
        var topic = Encoding.UTF8.GetBytes(message.Topic);
        var flags = (duplicate ? 8 : 0) | (message.QoS << 1) | (message.Retain ? 1 : 0);
        FixedHeader(output, PacketType.Publish, flags, 2 + topic.Length + (message.QoS > 0 ? 2 : 0) + message.Payload.Length);
        UInt16(output, (ushort)topic.Length);
        output.Write(topic);
        if (message.QoS > 0)
        {
            UInt16(output, id);
        }

        output.Write(message.Payload.Span);
    }

    /// <summary>Where the first of several packets written one behind the other ends.</summary>
    internal static int LengthOfFirst(ReadOnlySpan<byte> packets)
    {
        var (length, shift, at) = (0, 0, 0);
        do
        {
            at++;
            length |= (packets[at] & 0x7F) << shift;
            shift += 7;
        }
        while ((packets[at] & 0x80) != 0);
        return at + 1 + length;
    }

    private static void Bytes(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private static void FixedHeader(IBufferWriter<byte> output, PacketType type, int flags, int length)
    {
        var span = output.GetSpan(5);
        var written = 0;
        span[written++] = (byte)(((int)type << 4) | flags);
        do
        {
            span[written++] = (byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0));
            length >>= 7;
        }
        while (length > 0);
        output.Advance(written);
    }

    private static void UInt16(IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }
}
