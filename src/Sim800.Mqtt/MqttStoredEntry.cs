using System.Runtime.InteropServices;

namespace Sim800.Mqtt;

/// <summary>Where an outgoing message of QoS 1 or 2 stands in the session: all that the client keeps in memory of a stored message.</summary>
/// <param name="Sequence">Its key and its place: lower was accepted earlier. Given by the client, never used twice in a store.</param>
/// <param name="State">How far its delivery has come.</param>
/// <param name="PacketId">Its packet identifier, 1 to 65,535; 0 while it is queued.</param>
/// <param name="QoS">1 or 2.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MqttStoredEntry(long Sequence, MqttDeliveryState State, ushort PacketId, MqttQoS QoS);
