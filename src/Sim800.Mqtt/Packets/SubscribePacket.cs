using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Packets;

/// <summary>SUBSCRIBE – filters and the QoS wanted for each (MQTT 3.1.1 §3.8).</summary>
internal readonly record struct SubscribePacket(ushort PacketId, IReadOnlyList<MqttTopicFilter> Requests)
{
    internal void Write(IBufferWriter<byte> output)
    {
        FixedHeader.Write(output, PacketType.Subscribe, PacketType.Subscribe.Flags(), SizeOfBody());
        WireText.WriteUInt16(output, PacketId);
        for (var index = 0; index < Requests.Count; index++) // a foreach over an interface allocates
        {
            WireText.WriteString(output, Requests[index].Filter);
            output.Write([(byte)Requests[index].QoS]);
        }
    }

    internal static SubscribePacket Read(in MqttFrame frame)
    {
        var reader = new SequenceReader<byte>(frame.Expect(PacketType.Subscribe).Body);
        var packetId = WireText.ReadPacketId(ref reader);
        var requests = new List<MqttTopicFilter>();
        do
        {
            var filter = TopicFilter.Read(ref reader);
            var qos = WireText.ReadByte(ref reader);
            requests.Add(qos <= 2
                ? new MqttTopicFilter(filter, (MqttQoS)qos)
                : throw new MqttProtocolException(MqttProtocolError.InvalidQoS));
        }
        while (!reader.End);

        return new SubscribePacket(packetId, requests);
    }

    private int SizeOfBody()
    {
        var size = sizeof(ushort);
        for (var index = 0; index < Requests.Count; index++)
        {
            size += WireText.SizeOf(Requests[index].Filter) + 1;
        }

        return size;
    }
}
