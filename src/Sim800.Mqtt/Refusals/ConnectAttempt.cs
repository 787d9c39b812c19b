namespace Sim800.Mqtt.Refusals;

/// <summary>What is known of an attempt that got no CONNACK: where to, what was spoken, what came back.</summary>
/// <param name="Host">The server's name, as given by the user.</param>
/// <param name="Port">The server's port.</param>
/// <param name="Tls">Whether TLS was spoken on the TCP connection.</param>
/// <param name="WebSocket">Whether the WebSocket request was spoken below MQTT.</param>
/// <param name="OnTheWire">The first bytes that came back on the TCP connection.</param>
/// <param name="InsideTls">The first bytes that came back inside TLS; the same as <paramref name="OnTheWire"/> without TLS.</param>
/// <param name="TlsEstablished">Whether the TLS handshake came to its end.</param>
/// <param name="Closed">Whether the server closed the connection; else it is still silent.</param>
internal readonly record struct ConnectAttempt(
    string Host, int Port, bool Tls, bool WebSocket, AnswerKind OnTheWire, AnswerKind InsideTls, bool TlsEstablished, bool Closed)
{
    internal SpokenProtocol Spoken => Tls && !TlsEstablished ? SpokenProtocol.Tls
        : WebSocket ? SpokenProtocol.WebSocket
        : SpokenProtocol.Mqtt;

    internal AnswerKind Answer => Tls && TlsEstablished ? InsideTls : OnTheWire;
}

/// <summary>What was spoken on the wire first, by the outermost layer.</summary>
internal enum SpokenProtocol
{
    Mqtt,
    WebSocket,
    Tls,
}
