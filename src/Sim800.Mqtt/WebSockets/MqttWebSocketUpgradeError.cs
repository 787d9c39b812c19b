namespace Sim800.Mqtt;

/// <summary>Why a server did not become a WebSocket (RFC 6455 §4.1).</summary>
public enum MqttWebSocketUpgradeError
{
    /// <summary>The server answered with an HTTP status other than 101.</summary>
    Refused,

    /// <summary>The answer is no HTTP/1.1.</summary>
    NotHttp,

    /// <summary>The connection ended before the answer did.</summary>
    Closed,

    /// <summary>The answer is longer than the limit for its header.</summary>
    TooLong,

    /// <summary>A 101 without <c>Upgrade: websocket</c> or <c>Connection: Upgrade</c>.</summary>
    MissingUpgrade,

    /// <summary><c>Sec-WebSocket-Accept</c> does not belong to the key that was sent: a cache or a proxy answered.</summary>
    WrongAccept,

    /// <summary>The server did not choose the subprotocol <c>mqtt</c> (MQTT 3.1.1 §6).</summary>
    WrongSubprotocol,

    /// <summary>The server switched on an extension that was never offered.</summary>
    UnknownExtension,

    /// <summary>No complete answer within the time limit.</summary>
    Timeout,
}
