namespace Sim800.Mqtt;

/// <summary>What happens to a message of QoS 1 or 2 for which the session store has no room.</summary>
public enum MqttStoreFullPolicy
{
    /// <summary>It is not accepted: publishing throws <see cref="MqttStoreFullException"/>.</summary>
    Reject,

    /// <summary>The oldest message that was never sent makes room; its publisher gets <see cref="MqttStoreFullException"/>.</summary>
    DropOldest,
}
