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

    private static Explanation WantsTls(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.WantsTls,
        attempt,
        $"answered with TLS where {Name(attempt.Spoken)} without TLS was spoken",
        PortAdvice.SpeaksTls(attempt.Port) is true ? PortAdvice.Remedy(attempt) ?? MqttRemedy.SwitchTlsOn : MqttRemedy.SwitchTlsOn);

    private static Explanation WantsPlainMqtt(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.WantsPlainMqtt, attempt, "answered with plain MQTT where TLS was spoken", MqttRemedy.SwitchTlsOffOrChangePort);

    private static Explanation HttpWhereTlsWasSpoken(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.WantsWebSocket,
        attempt,
        "answered with plain HTTP where TLS was spoken",
        PortAdvice.SpeaksTls(attempt.Port) is false ? PortAdvice.Remedy(attempt) ?? MqttRemedy.CheckForWebServer : MqttRemedy.CheckForWebServer);

    private static Explanation WantsWebSocket(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.WantsWebSocket,
        attempt,
        "answered with HTTP where MQTT was spoken",
        PortAdvice.Remedy(attempt) ?? MqttRemedy.SwitchWebSocketOnIfServed);

    private static Explanation WantsNoWebSocket(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.WantsNoWebSocket, attempt, "answered with plain MQTT where a WebSocket was asked for", MqttRemedy.SwitchWebSocketOff);

    private static Explanation NoTls(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.NoTls,
        attempt,
        "answered with something that is no TLS",
        PortAdvice.Remedy(attempt) ?? (PortAdvice.SpeaksTls(attempt.Port) is true ? MqttRemedy.CheckForProxy : MqttRemedy.SwitchTlsOffOrChangePort));

    private static Explanation NoMqtt(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.NoMqtt, attempt, "answered with something that is no MQTT", PortAdvice.Remedy(attempt) ?? MqttRemedy.CheckHostAndPort);

    private static Explanation ClosedWithoutAnswer(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.ClosedWithoutAnswer,
        attempt,
        $"closed the connection right after {Opening(attempt.Spoken)}",
        PortAdvice.Remedy(attempt) ?? attempt.Spoken switch
        {
            SpokenProtocol.Tls => MqttRemedy.CheckTlsPortAndName,
            SpokenProtocol.WebSocket => MqttRemedy.CheckWebSocketTls,
            _ when attempt.Tls || PortAdvice.SpeaksTls(attempt.Port) is false => MqttRemedy.CheckAccount,
            _ => MqttRemedy.SwitchTlsOnOrCheckAccount,
        });

    private static Explanation Silent(in ConnectAttempt attempt) => Of(
        MqttEndpointMismatch.Silent,
        attempt,
        $"took the connection and did not answer {Opening(attempt.Spoken)}",
        PortAdvice.Remedy(attempt)
            ?? (attempt.Spoken is SpokenProtocol.Tls && PortAdvice.SpeaksTls(attempt.Port) is null
                ? MqttRemedy.SwitchTlsOffOrChangePort
                : MqttRemedy.CheckPortAndLink));

    private static Explanation Of(MqttEndpointMismatch mismatch, in ConnectAttempt attempt, string did, MqttRemedy remedy) =>
        new(mismatch, $"{attempt.Host}:{attempt.Port} {did}{PortAdvice.Custom(attempt)}.", remedy);

    private static string Name(SpokenProtocol spoken) => spoken is SpokenProtocol.WebSocket ? "WebSocket" : "MQTT";

    private static string Opening(SpokenProtocol spoken) => spoken switch
    {
        SpokenProtocol.Tls => "the TLS ClientHello",
        SpokenProtocol.WebSocket => "the WebSocket request",
        _ => "CONNECT",
    };
}

/// <summary>One sentence for what happened, one for what to do.</summary>
internal readonly record struct Explanation(MqttEndpointMismatch Mismatch, string What, MqttRemedy Remedy)
{
    internal MqttEndpointException ToException(Exception? inner) => new(Mismatch, What, Remedy, inner);
}
