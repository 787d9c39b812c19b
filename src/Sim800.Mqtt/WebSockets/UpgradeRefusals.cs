namespace Sim800.Mqtt.WebSockets;

/// <summary>The sentences for a WebSocket that did not come about.</summary>
internal static class UpgradeRefusals
{
    internal static WebSocketUpgradeException Status(int status, WebSocketOptions options)
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
        return new WebSocketUpgradeException(
            WebSocketUpgradeError.Refused,
            $"{options.Host}:{options.Port} answered the WebSocket request for {options.Path} with HTTP status {status}.",
            remedy,
            status);
    }

    internal static WebSocketUpgradeException NotHttp() => new(
        WebSocketUpgradeError.NotHttp,
        "The server's answer to the WebSocket request is no HTTP/1.1.",
        MqttRemedy.CheckPortOfWebSocket);

    internal static WebSocketUpgradeException Closed() => new(
        WebSocketUpgradeError.Closed,
        "The server closed the connection without answering the WebSocket request.",
        MqttRemedy.CheckWebSocketTls);

    internal static WebSocketUpgradeException TooLong() => new(
        WebSocketUpgradeError.TooLong,
        $"The server's answer to the WebSocket request is longer than {HttpResponseHead.MaxLength} bytes.",
        MqttRemedy.CheckForBroker);

    internal static WebSocketUpgradeException MissingUpgrade() => new(
        WebSocketUpgradeError.MissingUpgrade,
        "The server's answer has status 101 and does not upgrade to a WebSocket.",
        MqttRemedy.CheckProxyHeaders);

    internal static WebSocketUpgradeException WrongAccept() => new(
        WebSocketUpgradeError.WrongAccept,
        "The server's Sec-WebSocket-Accept does not belong to this request.",
        MqttRemedy.CheckForCache);

    internal static WebSocketUpgradeException WrongSubprotocol() => new(
        WebSocketUpgradeError.WrongSubprotocol,
        "The WebSocket server did not choose the subprotocol mqtt.",
        MqttRemedy.CheckWebSocketService);

    internal static WebSocketUpgradeException UnknownExtension() => new(
        WebSocketUpgradeError.UnknownExtension,
        "The WebSocket server switched on an extension that was not offered.",
        MqttRemedy.CheckWebSocketProxy);

    internal static WebSocketUpgradeException Timeout(TimeSpan limit) => new(
        WebSocketUpgradeError.Timeout,
        $"The server did not answer the WebSocket request within {limit.TotalSeconds:0.#} s.",
        MqttRemedy.CheckWebSocketTime);
}
