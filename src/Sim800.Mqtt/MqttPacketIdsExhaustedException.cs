namespace Sim800.Mqtt;

/// <summary>All 65,535 packet identifiers (MQTT 3.1.1 §2.3.1) are in use by messages and requests that the server has not answered; nothing was
/// sent.</summary>
public sealed class MqttPacketIdsExhaustedException : MqttException
{
    internal MqttPacketIdsExhaustedException()
        : base("All 65,535 packet identifiers are in use: the server has not answered what was sent before.", MqttRemedy.TryLater)
    {
    }
}
