namespace Sim800.Mqtt;

/// <summary>The server answered a subscription with return code 0x80 (MQTT 3.1.1 §3.9.3).</summary>
public sealed class MqttSubscribeRefusedException : MqttException
{
    internal MqttSubscribeRefusedException(string filter)
        : base(
            $"The server refuses the subscription to '{filter}'.",
            MqttRemedy.CheckTopicRights) => Filter = filter;

    /// <summary>The topic filter that was refused.</summary>
    public string Filter { get; }
}
