namespace Sim800.Mqtt;

/// <summary>The connection has ended; <see cref="Exception.InnerException"/> is the one reason, or null after a graceful end.</summary>
public sealed class MqttClosedException : MqttException
{
    internal MqttClosedException(Exception? reason)
        : base(MessageFor(reason), (reason as MqttException)?.Remedy ?? "Connect again to go on.", reason)
    {
    }

    private static string MessageFor(Exception? reason) => reason is null
        ? "The MQTT client was disconnected."
        : $"The MQTT connection has ended: {(reason as MqttException)?.Happened ?? reason.Message}";
}
