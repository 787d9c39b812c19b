using Sim800.Simulator.Broker.Sessions;

namespace Sim800.Simulator.Broker.Codec;

/// <summary>PUBLISH as the broker reads it (MQTT 3.1.1 §3.3). The packet id is 0 at QoS 0.</summary>
internal readonly record struct PublishRequest(Application Message, ushort PacketId)
{
    internal static PublishRequest Read(in Frame frame)
    {
        var qos = (frame.Flags >> 1) & 0x03;
        if (qos == 3 || (qos == 0 && (frame.Flags & 0x08) != 0))
        {
            throw new BrokerProtocolException(ProtocolError.InvalidQoS);
        }

        var body = new BodyReader(frame.Body);
        var topic = body.ReadText();
        if (!TopicFilter.IsTopicName(topic))
        {
            throw new BrokerProtocolException(ProtocolError.InvalidTopicName);
        }

        var id = qos > 0 ? body.ReadPacketId() : (ushort)0;
        return new PublishRequest(new Application(topic, body.ReadRest(), qos, (frame.Flags & 0x01) != 0), id);
    }
}
