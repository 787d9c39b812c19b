namespace Sim800.Mqtt;

/// <summary>When a received message of QoS 1 or 2 is acknowledged to the server.</summary>
public enum MqttAcknowledgement
{
    /// <summary>When the application takes it from the subscription; a handler has taken it when it has returned.</summary>
    OnTake,

    /// <summary>When the application calls <see cref="MqttMessage.Acknowledge"/>.</summary>
    Manual,
}
