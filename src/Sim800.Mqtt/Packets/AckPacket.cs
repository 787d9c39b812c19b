using System.Buffers;
using System.Runtime.InteropServices;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL, PUBCOMP and UNSUBACK: a packet identifier and nothing else (MQTT 3.1.1 §3.4–3.7, §3.11).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AckPacket(PacketType Type, ushort PacketId)
{
    internal static AckPacket Read(in MqttFrame frame)
    {
        var reader = new SequenceReader<byte>(frame.Body);
        var packetId = WireText.ReadPacketId(ref reader);
        WireText.ThrowIfNotAtEnd(reader);
        return new AckPacket(frame.Type, packetId);
    }

    internal void Write(IBufferWriter<byte> output)
    {
        FixedHeader.Write(output, Type, Type.Flags(), sizeof(ushort));
        WireText.WriteUInt16(output, PacketId);
    }
}
