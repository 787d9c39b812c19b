using System.Buffers;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Packets;

/// <summary>SUBACK – one return code for each filter, in their order (MQTT 3.1.1 §3.9): 0, 1 or 2 is the QoS granted, 0x80 a
/// refusal.</summary>
internal readonly record struct SubAckPacket(ushort PacketId, ReadOnlyMemory<byte> ReturnCodes)
{
    internal const byte Failure = 0x80;

    internal static SubAckPacket Read(in MqttFrame frame)
    {
        var reader = new SequenceReader<byte>(frame.Expect(PacketType.SubAck).Body);
        var packetId = WireText.ReadPacketId(ref reader);
        var codes = reader.UnreadSequence.ToArray();
        if (codes.Length == 0)
        {
            throw new MqttProtocolException(MqttProtocolError.TruncatedBody);
        }

        return Array.TrueForAll(codes, code => code is <= 2 or Failure)
            ? new SubAckPacket(packetId, codes)
            : throw new MqttProtocolException(MqttProtocolError.InvalidReturnCode);
    }

    internal void Write(IBufferWriter<byte> output)
    {
        FixedHeader.Write(output, PacketType.SubAck, flags: 0, sizeof(ushort) + ReturnCodes.Length);
        WireText.WriteUInt16(output, PacketId);
        output.Write(ReturnCodes.Span);
    }
}
