namespace Sim800.Mqtt;

/// <summary>A message of QoS 1 or 2 was taken back by <see cref="IMqttClient.Withdraw"/> before the server had confirmed it.</summary>
public sealed class MqttMessageWithdrawnException : MqttException
{
    internal MqttMessageWithdrawnException()
        : base("The message was withdrawn before the server had confirmed it; it may have arrived all the same.", MqttRemedy.PublishAgainIfNeeded)
    {
    }
}
