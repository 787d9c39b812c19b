using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Packets;

/// <summary>SUBSCRIBE – filters and the QoS wanted for each (MQTT 3.1.1 §3.8).</summary>
internal readonly record struct SubscribePacket(ushort PacketId, IReadOnlyList<TopicRequest> Requests)
{
    internal void Write(IBufferWriter<byte> output)
    {
        FixedHeader.Write(
            output, PacketType.Subscribe, PacketType.Subscribe.Flags(), sizeof(ushort) + Requests.Sum(request => WireText.SizeOf(request.Filter) + 1));
        WireText.WriteUInt16(output, PacketId);
        foreach (var request in Requests)
        {
            WireText.WriteString(output, request.Filter);
            output.Write([(byte)request.QoS]);
        }
    }

    internal static SubscribePacket Read(in MqttFrame frame)
    {
        var reader = new SequenceReader<byte>(frame.Expect(PacketType.Subscribe).Body);
        var packetId = WireText.ReadPacketId(ref reader);
        var requests = new List<TopicRequest>();
        do
        {
            var filter = TopicFilter.Read(ref reader);
            var qos = WireText.ReadByte(ref reader);
            requests.Add(qos <= 2
                ? new TopicRequest(filter, (MqttQoS)qos)
                : throw new MqttProtocolException(MqttProtocolError.InvalidQoS));
        }
        while (!reader.End);

        return new SubscribePacket(packetId, requests);
    }
}
