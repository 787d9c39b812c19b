namespace Sim800.Simulator.Broker.Sessions;

/// <summary>The return codes of CONNACK the broker uses (MQTT 3.1.1 §3.2.2.3).</summary>
internal enum ConnectRefusal : byte
{
    None = 0,
    UnacceptableProtocolVersion = 1,
    IdentifierRejected = 2,
    ServerUnavailable = 3,
    NotAuthorized = 5,
}
