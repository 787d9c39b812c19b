namespace Sim800.Mqtt;

/// <summary>The server did not agree to speak MQTT over a WebSocket; nothing of MQTT was sent.</summary>
public sealed class MqttWebSocketUpgradeException : MqttException
{
    internal MqttWebSocketUpgradeException(MqttWebSocketUpgradeError error, string message, MqttRemedy remedy, int? statusCode = null)
        : base(message, remedy)
    {
        Error = error;
        StatusCode = statusCode;
    }

    /// <summary>What exactly was wrong.</summary>
    public MqttWebSocketUpgradeError Error { get; }

    /// <summary>The HTTP status of the answer, 100 to 599; <c>null</c> when there was none.</summary>
    public int? StatusCode { get; }
}

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

/// <summary>The server broke the WebSocket protocol, or ended the WebSocket without saying so.</summary>
public sealed class MqttWebSocketProtocolException : MqttException
{
    internal MqttWebSocketProtocolException(string message, MqttRemedy remedy, Exception? inner = null)
        : base(message, remedy, inner)
    {
    }
}
