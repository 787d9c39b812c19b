using System.Diagnostics.CodeAnalysis;

namespace Sim800.Mqtt.Refusals;

/// <summary>What brokers customarily serve on which port, and what to change where something else was spoken. Pure.</summary>
internal static class PortAdvice
{
    private static readonly KnownPort[] Ports =
    [
        new(1883, PortService.Mqtt, false, "plain MQTT"),
        new(1884, PortService.Mqtt, false, "plain MQTT"),
        new(8883, PortService.Mqtt, true, "MQTT over TLS"),
        new(8885, PortService.Mqtt, true, "MQTT over TLS"),
        new(8886, PortService.Mqtt, true, "MQTT over TLS"),
        new(8887, PortService.Mqtt, true, "MQTT over TLS"),
        new(8884, PortService.WebSocket, true, "MQTT over secure WebSockets (HiveMQ Cloud), or TLS with client certificates (mosquitto)"),
        new(443, PortService.WebSocket, true, "HTTPS, or MQTT over secure WebSockets"),
        new(8443, PortService.WebSocket, true, "HTTPS, or MQTT over secure WebSockets"),
        new(8081, PortService.WebSocket, true, "MQTT over secure WebSockets"),
        new(8084, PortService.WebSocket, true, "MQTT over secure WebSockets"),
        new(8091, PortService.WebSocket, true, "MQTT over secure WebSockets"),
        new(15676, PortService.WebSocket, true, "MQTT over secure WebSockets"),
        new(80, PortService.WebSocket, false, "HTTP, or MQTT over WebSockets"),
        new(8000, PortService.WebSocket, false, "MQTT over WebSockets without TLS"),
        new(8080, PortService.WebSocket, false, "MQTT over WebSockets without TLS"),
        new(8083, PortService.WebSocket, false, "MQTT over WebSockets without TLS"),
        new(8090, PortService.WebSocket, false, "MQTT over WebSockets without TLS"),
        new(9001, PortService.WebSocket, false, "MQTT over WebSockets without TLS"),
        new(15675, PortService.WebSocket, false, "MQTT over WebSockets without TLS"),
        new(5671, PortService.Other, true, "AMQP over TLS"),
        new(5672, PortService.Other, false, "AMQP"),
        new(14567, PortService.Other, true, "MQTT over QUIC"),
        new(61613, PortService.Other, false, "STOMP"),
    ];

    /// <summary>What the port customarily serves where that is not what was spoken, as the end of a sentence; else nothing.</summary>
    internal static string Custom(in ConnectAttempt attempt) =>
        Differs(attempt, out var port) ? $"; port {port.Port} is customarily {port.Serves}" : "";

    /// <summary>What to change where the port customarily serves something else; <c>null</c> where it fits, or has no custom.</summary>
    internal static MqttRemedy? Remedy(in ConnectAttempt attempt) => Differs(attempt, out var port)
        ? (port.Service, port.IsTls, attempt.WebSocket, attempt.Tls) switch
        {
            (PortService.Mqtt, true, false, _) => MqttRemedy.SwitchTlsOn,
            (PortService.Mqtt, false, false, _) => MqttRemedy.SwitchTlsOffOrChangePort,
            (PortService.Mqtt, true, true, false) => MqttRemedy.SwitchWebSocketOffAndTlsOn,
            (PortService.Mqtt, false, true, true) => MqttRemedy.UseTlsPort,
            (PortService.Mqtt, _, true, _) => MqttRemedy.SwitchWebSocketOff,
            (PortService.WebSocket, true, false, false) => MqttRemedy.UseTlsPortOrSecureWebSocket,
            (PortService.WebSocket, false, false, true) => MqttRemedy.UseTlsPortOrPlainWebSocket,
            (PortService.WebSocket, _, false, _) => MqttRemedy.UseTlsPortOrWebSocket,
            (PortService.WebSocket, true, true, _) => MqttRemedy.SwitchTlsOn,
            (PortService.WebSocket, false, true, _) => MqttRemedy.SwitchTlsOff,
            _ => MqttRemedy.UseTlsPort,
        }
        : null;

    /// <summary>Whether the port customarily speaks TLS; <c>null</c> for a port without a custom.</summary>
    internal static bool? SpeaksTls(int port) => Find(port)?.IsTls;

    private static bool Differs(in ConnectAttempt attempt, [NotNullWhen(true)] out KnownPort? port)
    {
        port = Find(attempt.Port);
        return port is not null
            && (port.Service is PortService.Other || port.IsTls != attempt.Tls || port.Service is PortService.WebSocket != attempt.WebSocket);
    }

    private static KnownPort? Find(int port) => Array.Find(Ports, known => known.Port == port);

    private enum PortService
    {
        Mqtt,
        WebSocket,
        Other,
    }

    private sealed record KnownPort(int Port, PortService Service, bool IsTls, string Serves);
}
