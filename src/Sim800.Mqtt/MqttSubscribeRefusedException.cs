namespace Sim800.Mqtt;

/// <summary>The server answered one topic filter or several of a subscription with return code 0x80 (MQTT 3.1.1 §3.9.3).</summary>
public sealed class MqttSubscribeRefusedException : MqttException
{
    internal MqttSubscribeRefusedException(IReadOnlyList<string> filters)
        : base(
            $"The server refuses the subscription to '{string.Join("', '", filters)}'.",
            MqttRemedy.CheckTopicRights) => Filters = filters;

    /// <summary>The topic filters that were refused, in the order in which they were asked for.</summary>
    public IReadOnlyList<string> Filters { get; }
}
