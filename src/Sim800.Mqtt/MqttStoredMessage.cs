namespace Sim800.Mqtt;

/// <summary>An outgoing message of QoS 1 or 2 that the server has not yet acknowledged.</summary>
/// <param name="Sequence">Its key and its place: lower was accepted earlier. Given by the client, never used twice in a store.</param>
/// <param name="State">How far its delivery has come.</param>
/// <param name="PacketId">Its packet identifier; 0 while it is queued.</param>
/// <param name="Topic">The topic name.</param>
/// <param name="Payload">The payload. A store copies it in <see cref="IMqttSessionStore.TryAdd"/>.</param>
/// <param name="QoS">1 or 2.</param>
/// <param name="Retain">Whether the server shall keep it as the topic's last message.</param>
public readonly record struct MqttStoredMessage(
    long Sequence,
    MqttDeliveryState State,
    ushort PacketId,
    string Topic,
    ReadOnlyMemory<byte> Payload,
    MqttQoS QoS,
    bool Retain);
