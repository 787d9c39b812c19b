namespace Sim800.Mqtt.Client;

/// <summary>A topic filter and the subscriptions that share it: to the server they are one.</summary>
internal sealed class FilterEntry(string filter)
{
    internal string Filter { get; } = filter;

    internal List<MqttSubscription> Handles { get; } = [];

    internal FilterState State { get; set; }

    internal MqttQoS QoS => Handles.Max(handle => handle.Options.QoS);
}
