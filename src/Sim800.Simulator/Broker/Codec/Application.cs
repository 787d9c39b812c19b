namespace Sim800.Simulator.Broker.Codec;

/// <summary>An application message on its way through the broker (MQTT 3.1.1 §1.2).</summary>
/// <param name="Topic">The topic name.</param>
/// <param name="Payload">The payload.</param>
/// <param name="QoS">0, 1 or 2.</param>
/// <param name="Retain">As published; as delivered it says whether this is a retained message (§3.3.1.3).</param>
internal sealed record Application(string Topic, ReadOnlyMemory<byte> Payload, int QoS, bool Retain);
