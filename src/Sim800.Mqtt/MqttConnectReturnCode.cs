namespace Sim800.Mqtt;

/// <summary>The server's answer to CONNECT (MQTT 3.1.1 §3.2.2.3).</summary>
public enum MqttConnectReturnCode
{
    /// <summary>0x00: the connection is accepted.</summary>
    Accepted = 0,

    /// <summary>0x01: the server does not speak MQTT 3.1.1.</summary>
    UnacceptableProtocolVersion = 1,

    /// <summary>0x02: the client id is well-formed but not allowed.</summary>
    IdentifierRejected = 2,

    /// <summary>0x03: the MQTT service is not available.</summary>
    ServerUnavailable = 3,

    /// <summary>0x04: the user name or password is malformed or wrong.</summary>
    BadUserNameOrPassword = 4,

    /// <summary>0x05: the client is not authorized.</summary>
    NotAuthorized = 5,
}
