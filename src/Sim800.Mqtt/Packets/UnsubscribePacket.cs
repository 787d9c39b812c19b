using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Packets;

/// <summary>UNSUBSCRIBE – filters no longer wanted (MQTT 3.1.1 §3.10).</summary>
internal readonly record struct UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters)
{
    internal void Write(IBufferWriter<byte> output)
    {
        FixedHeader.Write(output, PacketType.Unsubscribe, PacketType.Unsubscribe.Flags(), SizeOfBody());
        WireText.WriteUInt16(output, PacketId);
        for (var index = 0; index < Filters.Count; index++) // a foreach over an interface allocates
        {
            WireText.WriteString(output, Filters[index]);
        }
    }

    internal static UnsubscribePacket Read(in MqttFrame frame)
    {
        var reader = new SequenceReader<byte>(frame.Expect(PacketType.Unsubscribe).Body);
        var packetId = WireText.ReadPacketId(ref reader);
        var filters = new List<string>();
        do
        {
            filters.Add(TopicFilter.Read(ref reader));
        }
        while (!reader.End);

        return new UnsubscribePacket(packetId, filters);
    }

    private int SizeOfBody()
    {
        var size = sizeof(ushort);
        for (var index = 0; index < Filters.Count; index++)
        {
            size += WireText.SizeOf(Filters[index]);
        }

        return size;
    }
}
