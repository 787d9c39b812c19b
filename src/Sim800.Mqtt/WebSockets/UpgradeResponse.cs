namespace Sim800.Mqtt.WebSockets;

/// <summary>The checks a client owes the server's half of the opening handshake (RFC 6455 §4.1, list items 1 to 6).</summary>
internal static class UpgradeResponse
{
    private const int SwitchingProtocols = 101;

    /// <exception cref="MqttWebSocketUpgradeException">The answer is no agreement to this request.</exception>
    internal static void Verify(HttpResponseHead head, UpgradeRequest request, MqttWebSocketOptions options)
    {
        if (head.StatusCode != SwitchingProtocols)
        {
            throw UpgradeRefusals.Status(head.StatusCode, options);
        }

        if (!HasToken(head["Upgrade"], "websocket") || !HasToken(head["Connection"], "Upgrade"))
        {
            throw UpgradeRefusals.MissingUpgrade();
        }

        if (!string.Equals(head["Sec-WebSocket-Accept"], request.ExpectedAccept, StringComparison.Ordinal))
        {
            throw UpgradeRefusals.WrongAccept();
        }

        if (head["Sec-WebSocket-Extensions"].Length > 0)
        {
            throw UpgradeRefusals.UnknownExtension();
        }

        if (!string.Equals(head["Sec-WebSocket-Protocol"], UpgradeRequest.Subprotocol, StringComparison.Ordinal))
        {
            throw UpgradeRefusals.WrongSubprotocol();
        }
    }

    private static bool HasToken(string field, string token) =>
        field.Split(',').Any(part => part.AsSpan().Trim().Equals(token, StringComparison.OrdinalIgnoreCase));
}
