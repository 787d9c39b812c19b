namespace Sim800.Simulator;

/// <summary>What a <see cref="LoopbackBroker"/> has seen since it started.</summary>
/// <param name="Connections">Connections accepted, before TLS and CONNECT.</param>
/// <param name="OpenConnections">Connections open now.</param>
/// <param name="TlsRefused">Connections that ended in the TLS handshake, for instance for want of SNI.</param>
/// <param name="ProtocolErrors">Connections closed because the client broke MQTT 3.1.1.</param>
/// <param name="TimedOut">Connections closed for silence: 1.5 times the keep-alive, or no CONNECT in time.</param>
/// <param name="Packets">Control packets received.</param>
/// <param name="Published">Application messages received, repeated QoS 2 messages not counted.</param>
/// <param name="Delivered">Application messages sent or queued for a subscriber, one for each subscriber.</param>
/// <param name="Dropped">Application messages a subscriber lost to a full queue or, at QoS 0, to its absence.</param>
public sealed record LoopbackBrokerCounters(
    long Connections,
    int OpenConnections,
    long TlsRefused,
    long ProtocolErrors,
    long TimedOut,
    long Packets,
    long Published,
    long Delivered,
    long Dropped);
