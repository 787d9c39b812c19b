using Sim800.Simulator.Broker.Codec;

namespace Sim800.Simulator.Broker.Sessions;

/// <summary>A QoS 1 or 2 message sent and not yet acknowledged to the end.</summary>
/// <param name="PacketId">The packet identifier it travels under.</param>
/// <param name="Message">The message.</param>
/// <param name="Received">PUBREC has come: from now on PUBREL is what is repeated (MQTT 3.1.1 §4.3.3).</param>
internal readonly record struct Outgoing(ushort PacketId, Application Message, bool Received);
