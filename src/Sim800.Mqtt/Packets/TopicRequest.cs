namespace Sim800.Mqtt.Packets;

/// <summary>One filter of a SUBSCRIBE with the highest QoS wanted for it (MQTT 3.1.1 §3.8.3).</summary>
internal readonly record struct TopicRequest(string Filter, MqttQoS QoS);
