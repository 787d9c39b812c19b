using System.Runtime.InteropServices;

namespace Sim800.Mqtt.Session;

/// <summary>Names a received message of QoS 1 or 2 until it is acknowledged.</summary>
/// <param name="Serial">Its number among all messages received: the packet identifier alone may long mean another one.</param>
/// <param name="PacketId">The server's packet identifier; 0 for QoS 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InboundToken(long Serial, ushort PacketId)
{
    internal bool NeedsAcknowledgement => PacketId != 0;
}
