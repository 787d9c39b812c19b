namespace Sim800.Mqtt.Session;

/// <summary>What an <see cref="MqttSession"/> needs to know.</summary>
/// <param name="Connect">The CONNECT that starts each connection of the session.</param>
/// <param name="MaxInFlight">How many messages of QoS 1 and 2 may be unacknowledged at a time.</param>
/// <param name="MaxInFlightExactlyOnce">How many of QoS 2 among them.</param>
/// <param name="SendsBeforeConnAck">Whether messages of QoS 1 and 2 may follow CONNECT without waiting for CONNACK (§3.1.4).</param>
internal sealed record MqttSessionOptions(
    Packets.ConnectPacket Connect, int MaxInFlight, int MaxInFlightExactlyOnce, bool SendsBeforeConnAck);
