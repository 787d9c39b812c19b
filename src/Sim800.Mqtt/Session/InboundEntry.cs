using System.Runtime.InteropServices;

namespace Sim800.Mqtt.Session;

/// <summary>A received message of QoS 1 or 2 that is not finished, its number among all, and which connection it last came
/// over.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InboundEntry(long Serial, InboundState State, MqttQoS QoS, long Connection);
