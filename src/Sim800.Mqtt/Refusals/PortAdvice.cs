namespace Sim800.Mqtt.Refusals;

/// <summary>What the customary ports of MQTT brokers mean.</summary>
internal static class PortAdvice
{
    internal const int PlainPort = 1883;

    /// <summary>What the port customarily serves, as the end of "Port n is customarily ..."; <c>null</c> for ports without a custom.</summary>
    internal static string? Custom(int port) => port switch
    {
        1883 => "plain MQTT",
        8883 => "MQTT over TLS",
        8884 => "MQTT over secure WebSockets (HiveMQ Cloud), or TLS with client certificates (mosquitto)",
        443 => "HTTPS, or MQTT over secure WebSockets",
        80 => "HTTP, or MQTT over WebSockets",
        8083 => "MQTT over WebSockets without TLS",
        8084 => "MQTT over secure WebSockets",
        9001 => "MQTT over WebSockets",
        _ => null,
    };

    internal static bool IsWebSocketPort(int port) => port is 8884 or 443 or 80 or 8083 or 8084 or 9001;

    internal static bool IsTlsPort(int port) => port is 8883 or 8884 or 443 or 8084;

    /// <summary>The remedy for a port that turned out to want MQTT over a WebSocket.</summary>
    internal static string WebSocketRemedy(int port) => IsWebSocketPort(port)
        ? $"Port {port} is customarily {Custom(port)}: use port 8883 with TLS, or switch MQTT over WebSocket on."
        : "Check host and port (8883 is MQTT over TLS), or switch MQTT over WebSocket on if that is what the port serves.";

    /// <summary>The remedy for a server that closes without a word.</summary>
    internal static string ClosedRemedy(int port, bool tls)
    {
        const string Account = "Check user name and password, that no other client has the same client id, and that the account may connect.";
        return IsWebSocketPort(port) ? WebSocketRemedy(port)
            : tls || port is PlainPort ? Account
            : "Switch TLS on if the port speaks it: many servers close without a word on who does not. " + Account;
    }
}
