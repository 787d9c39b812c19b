namespace Sim800.Mqtt.Session;

/// <summary>Where the session is between two connections.</summary>
internal enum ConnectionPhase
{
    /// <summary>There is no connection.</summary>
    Disconnected,

    /// <summary>CONNECT is written, CONNACK has not come.</summary>
    Connecting,

    /// <summary>CONNACK has accepted the connection.</summary>
    Connected,
}
