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
