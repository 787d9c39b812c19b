namespace Sim800.Mqtt;

/// <summary>The message the server publishes when this client is lost without DISCONNECT (MQTT 3.1.1 §3.1.2.5).</summary>
/// <param name="Topic">A topic name, without wildcards.</param>
/// <param name="Payload">At most 65,535 bytes.</param>
/// <param name="QoS">The QoS the server publishes it with.</param>
/// <param name="Retain">Whether the server keeps it as the topic's last message.</param>
public sealed record MqttWill(
    string Topic, ReadOnlyMemory<byte> Payload, MqttQoS QoS = MqttQoS.AtMostOnce, bool Retain = false);
