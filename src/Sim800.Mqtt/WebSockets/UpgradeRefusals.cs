namespace Sim800.Mqtt.WebSockets;

/// <summary>The sentences for a WebSocket that did not come about.</summary>
internal static class UpgradeRefusals
{
    internal static WebSocketUpgradeException Status(int status, WebSocketOptions options)
    {
        var remedy = status switch
        {
            400 => "Check that this port is the broker's WebSocket port; some brokers answer 400 to plain ws where wss is required.",
            401 or 403 => "Give the credentials that the server wants for the upgrade, or use the broker's own TLS port 8883.",
            404 => "Set the WebSocket path to the one that the broker serves; /mqtt is common, some use / or /ws.",
            426 => "Use another port: this server asks for a protocol that is not WebSocket version 13.",
            >= 300 and < 400 => "Connect to the address that the server redirects to; redirections are not followed.",
            >= 500 => "Try again later: the server, or what stands before it, is out of order.",
            _ => "Check host, port and WebSocket path.",
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
        "Check the port: 8883 and 1883 are MQTT ports and need no WebSocket; 8884, 443, 8083 and 8084 are WebSocket ports.");

    internal static WebSocketUpgradeException Closed() => new(
        WebSocketUpgradeError.Closed,
        "The server closed the connection without answering the WebSocket request.",
        "Check whether the port wants TLS (wss) where plain ws was used.");

    internal static WebSocketUpgradeException TooLong() => new(
        WebSocketUpgradeError.TooLong,
        $"The server's answer to the WebSocket request is longer than {HttpResponseHead.MaxLength} bytes.",
        "Check host and port: what answers is no MQTT broker.");

    internal static WebSocketUpgradeException MissingUpgrade() => new(
        WebSocketUpgradeError.MissingUpgrade,
        "The server's answer has status 101 and does not upgrade to a WebSocket.",
        "Check for a proxy between modem and broker that removes the header fields Upgrade and Connection.");

    internal static WebSocketUpgradeException WrongAccept() => new(
        WebSocketUpgradeError.WrongAccept,
        "The server's Sec-WebSocket-Accept does not belong to this request.",
        "Check for a cache or proxy between modem and broker that answers in its place; wss avoids it.");

    internal static WebSocketUpgradeException WrongSubprotocol() => new(
        WebSocketUpgradeError.WrongSubprotocol,
        "The WebSocket server did not choose the subprotocol mqtt.",
        "Check port and path: this WebSocket serves something else than MQTT.");

    internal static WebSocketUpgradeException UnknownExtension() => new(
        WebSocketUpgradeError.UnknownExtension,
        "The WebSocket server switched on an extension that was not offered.",
        "Check for a proxy between modem and broker; wss avoids it.");

    internal static WebSocketUpgradeException Timeout(TimeSpan limit) => new(
        WebSocketUpgradeError.Timeout,
        $"The server did not answer the WebSocket request within {limit.TotalSeconds:0.#} s.",
        "Check that the port is the broker's WebSocket port, and raise UpgradeTimeout if the network is that slow.");
}
