namespace Sim800.Mqtt;

/// <summary>The connection has ended; <see cref="Exception.InnerException"/> is the one reason, or null after a graceful end.</summary>
public sealed class MqttClosedException : MqttException
{
    internal MqttClosedException(Exception? reason)
        : base(
            reason is null ? "The MQTT client was disconnected." : $"The MQTT connection has ended: {HappenedOf(reason)}",
            RemedyOf(reason),
            reason)
    {
    }
}
