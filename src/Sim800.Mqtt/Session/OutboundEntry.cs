using System.Runtime.InteropServices;

namespace Sim800.Mqtt.Session;

/// <summary>An outgoing message that has a packet identifier. <c>ReleaseOrder</c> is the place of its PUBREC among all PUBRECs,
/// which is the order of the PUBRELs [MQTT-4.6.0-4].</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutboundEntry(long Sequence, MqttQoS QoS, MqttDeliveryState State, long ReleaseOrder);
