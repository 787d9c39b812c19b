using System.Runtime.InteropServices;

namespace Sim800.Mqtt;

/// <summary>A <see cref="MqttStoredMessage"/> without topic and payload: all the client keeps in memory of it.</summary>
/// <param name="Sequence">Its key and its place.</param>
/// <param name="State">How far its delivery has come.</param>
/// <param name="PacketId">Its packet identifier; 0 while it is queued.</param>
/// <param name="QoS">1 or 2.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MqttStoredEntry(long Sequence, MqttDeliveryState State, ushort PacketId, MqttQoS QoS);
