namespace Sim800.Mqtt.Refusals;

/// <summary>Turns what came back from a server that gave no CONNACK into a sentence and a remedy. Pure.</summary>
internal static class RefusalExplainer
{
    /// <returns><c>null</c> when what came back fits what was spoken: the layer's own reason says more.</returns>
    internal static Explanation? Explain(in ConnectAttempt attempt) => (attempt.Spoken, attempt.Answer) switch
    {
        (_, AnswerKind.Nothing) => attempt.Closed ? ClosedWithoutAnswer(attempt) : Silent(attempt),
        (SpokenProtocol.Tls, AnswerKind.TlsRecord) => null,
        (SpokenProtocol.Mqtt, AnswerKind.ConnAck) => null,
        (SpokenProtocol.WebSocket, AnswerKind.Http) => null,
        (SpokenProtocol.Tls, AnswerKind.ConnAck) => WantsPlainMqtt(attempt),
        (SpokenProtocol.Tls, AnswerKind.Http) => HttpWhereTlsWasSpoken(attempt),
        (SpokenProtocol.Tls, _) => NoTls(attempt),
        (_, AnswerKind.TlsRecord) => WantsTls(attempt),
        (SpokenProtocol.WebSocket, AnswerKind.ConnAck) => WantsNoWebSocket(attempt),
        (_, AnswerKind.Http) => WantsWebSocket(attempt),
        _ => NoMqtt(attempt),
    };

    private static Explanation WantsTls(in ConnectAttempt attempt) => new(
        EndpointMismatch.WantsTls,
        $"{attempt.Host}:{attempt.Port} answered with TLS where {Name(attempt.Spoken)} without TLS was spoken.",
        PortAdvice.IsWebSocketPort(attempt.Port) && !attempt.WebSocket
            ? $"Switch TLS on and use port 8883; port {attempt.Port} is customarily {PortAdvice.Custom(attempt.Port)}."
            : "Switch TLS on for this port.");

    private static Explanation WantsPlainMqtt(in ConnectAttempt attempt) => new(
        EndpointMismatch.WantsPlainMqtt,
        $"{attempt.Host}:{attempt.Port} answered with plain MQTT where TLS was spoken.",
        "Use the broker's TLS port, 8883 as a rule, or switch TLS off for this port if the link may be read by others.");

    private static Explanation HttpWhereTlsWasSpoken(in ConnectAttempt attempt) => new(
        EndpointMismatch.WantsWebSocket,
        $"{attempt.Host}:{attempt.Port} answered with plain HTTP where TLS was spoken.",
        attempt.Port is 8083 or 80 or 9001
            ? $"Port {attempt.Port} is customarily {PortAdvice.Custom(attempt.Port)}: use port 8883 for MQTT over TLS."
            : "Check host and port: what answers is a web server without TLS, or a proxy of the network.");

    private static Explanation WantsWebSocket(in ConnectAttempt attempt) => new(
        EndpointMismatch.WantsWebSocket,
        $"{attempt.Host}:{attempt.Port} answered with HTTP where MQTT was spoken.",
        PortAdvice.WebSocketRemedy(attempt.Port));

    private static Explanation WantsNoWebSocket(in ConnectAttempt attempt) => new(
        EndpointMismatch.WantsNoWebSocket,
        $"{attempt.Host}:{attempt.Port} answered with plain MQTT where a WebSocket was asked for.",
        "Switch MQTT over WebSocket off for this port.");

    private static Explanation NoTls(in ConnectAttempt attempt) => new(
        EndpointMismatch.NoTls,
        $"What answers at {attempt.Host}:{attempt.Port} speaks no TLS.",
        PortAdvice.IsTlsPort(attempt.Port)
            ? "Check the host name, and for a proxy of the network that answers in its place."
            : "Use the broker's TLS port, 8883 as a rule, or switch TLS off for this port.");

    private static Explanation NoMqtt(in ConnectAttempt attempt) => new(
        EndpointMismatch.NoMqtt,
        $"What answers at {attempt.Host}:{attempt.Port} is no MQTT server.",
        "Check host and port: 8883 is MQTT over TLS, 1883 plain MQTT.");

    private static Explanation ClosedWithoutAnswer(in ConnectAttempt attempt) => new(
        EndpointMismatch.ClosedWithoutAnswer,
        $"{attempt.Host}:{attempt.Port} closed the connection right after {Opening(attempt.Spoken)}.",
        attempt.Spoken switch
        {
            SpokenProtocol.Tls when attempt.Port is PortAdvice.PlainPort =>
                "Port 1883 is customarily plain MQTT: use the broker's TLS port, 8883 as a rule, or switch TLS off for this port.",
            SpokenProtocol.Tls => "Check that the port speaks TLS and that the host name is the one of the server: some close when they do not know the name.",
            SpokenProtocol.WebSocket => "Check whether the port wants TLS (wss) where plain ws was used, or is no WebSocket port.",
            _ when !attempt.Tls && PortAdvice.IsTlsPort(attempt.Port) =>
                $"Switch TLS on: port {attempt.Port} is customarily {PortAdvice.Custom(attempt.Port)}.",
            _ => PortAdvice.ClosedRemedy(attempt.Port, attempt.Tls),
        });

    private static Explanation Silent(in ConnectAttempt attempt) => new(
        EndpointMismatch.Silent,
        $"{attempt.Host}:{attempt.Port} took the connection and did not answer {Opening(attempt.Spoken)}.",
        attempt.Spoken switch
        {
            SpokenProtocol.Mqtt when !attempt.Tls && PortAdvice.IsTlsPort(attempt.Port) =>
                $"Switch TLS on: port {attempt.Port} is customarily {PortAdvice.Custom(attempt.Port)}.",
            SpokenProtocol.Mqtt when PortAdvice.IsWebSocketPort(attempt.Port) => PortAdvice.WebSocketRemedy(attempt.Port),
            SpokenProtocol.Tls when !PortAdvice.IsTlsPort(attempt.Port) =>
                "Switch TLS off if the port is a plain one, or use the broker's TLS port, 8883 as a rule.",
            _ => "Check that the port is right, and that the link carries data in both directions.",
        });

    private static string Name(SpokenProtocol spoken) => spoken is SpokenProtocol.WebSocket ? "WebSocket" : "MQTT";

    private static string Opening(SpokenProtocol spoken) => spoken switch
    {
        SpokenProtocol.Tls => "the TLS ClientHello",
        SpokenProtocol.WebSocket => "the WebSocket request",
        _ => "CONNECT",
    };
}
