namespace Sim800.Simulator.Broker.Codec;

/// <summary>SUBSCRIBE, and UNSUBSCRIBE with every QoS 0 (MQTT 3.1.1 §3.8, §3.10).</summary>
internal readonly record struct SubscribeRequest(ushort PacketId, IReadOnlyList<(string Filter, int QoS)> Filters)
{
    internal static SubscribeRequest Read(in Frame frame)
    {
        var body = new BodyReader(frame.Body);
        var id = body.ReadPacketId();
        var filters = new List<(string Filter, int QoS)>();
        while (!body.AtEnd)
        {
            var filter = body.ReadText();
            var qos = frame.Type == PacketType.Subscribe ? body.ReadByte() : (byte)0;
            filters.Add(qos <= 2 ? (filter, qos) : throw new BrokerProtocolException(ProtocolError.InvalidQoS));
        }

        return filters.Count > 0
            ? new SubscribeRequest(id, filters)
            : throw new BrokerProtocolException(ProtocolError.EmptySubscription);
    }
}
