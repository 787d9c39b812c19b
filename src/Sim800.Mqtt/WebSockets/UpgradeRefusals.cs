namespace Sim800.Mqtt.WebSockets;

/// <summary>The sentences for a WebSocket that did not come about.</summary>
internal static class UpgradeRefusals
{
    internal static MqttWebSocketUpgradeException Status(int status, MqttWebSocketOptions options)
    {
        var remedy = status switch
        {
            400 => MqttRemedy.CheckWebSocketPort,
            401 or 403 => MqttRemedy.GiveWebSocketCredentials,
            404 => MqttRemedy.CorrectWebSocketPath,
            426 => MqttRemedy.UsePortOfWebSocket,
            >= 300 and < 400 => MqttRemedy.FollowRedirection,
            >= 500 => MqttRemedy.WaitForServer,
            _ => MqttRemedy.CheckWebSocketAddress,
        };
        return new MqttWebSocketUpgradeException(
            MqttWebSocketUpgradeError.Refused,
            $"{options.Host}:{options.Port} answered the WebSocket request for {options.Path} with HTTP status {status}.",
            remedy,
            status);
    }

    internal static MqttWebSocketUpgradeException NotHttp() => new(
        MqttWebSocketUpgradeError.NotHttp,
        "The server's answer to the WebSocket request is no HTTP/1.1.",
        MqttRemedy.CheckPortOfWebSocket);

    internal static MqttWebSocketUpgradeException Closed() => new(
        MqttWebSocketUpgradeError.Closed,
        "The server closed the connection without answering the WebSocket request.",
        MqttRemedy.CheckWebSocketTls);

    internal static MqttWebSocketUpgradeException TooLong() => new(
        MqttWebSocketUpgradeError.TooLong,
        $"The server's answer to the WebSocket request is longer than {HttpResponseHead.MaxLength} bytes.",
        MqttRemedy.CheckForBroker);

    internal static MqttWebSocketUpgradeException MissingUpgrade() => new(
        MqttWebSocketUpgradeError.MissingUpgrade,
        "The server's answer has status 101 and does not upgrade to a WebSocket.",
        MqttRemedy.CheckProxyHeaders);

    internal static MqttWebSocketUpgradeException WrongAccept() => new(
        MqttWebSocketUpgradeError.WrongAccept,
        "The server's Sec-WebSocket-Accept does not belong to this request.",
        MqttRemedy.CheckForCache);

    internal static MqttWebSocketUpgradeException WrongSubprotocol() => new(
        MqttWebSocketUpgradeError.WrongSubprotocol,
        "The WebSocket server did not choose the subprotocol mqtt.",
        MqttRemedy.CheckWebSocketService);

    internal static MqttWebSocketUpgradeException UnknownExtension() => new(
        MqttWebSocketUpgradeError.UnknownExtension,
        "The WebSocket server switched on an extension that was not offered.",
        MqttRemedy.CheckWebSocketProxy);

    internal static MqttWebSocketUpgradeException Timeout(TimeSpan limit) => new(
        MqttWebSocketUpgradeError.Timeout,
        $"The server did not answer the WebSocket request within {limit.TotalSeconds:0.#} s.",
        MqttRemedy.CheckWebSocketTime);
}
