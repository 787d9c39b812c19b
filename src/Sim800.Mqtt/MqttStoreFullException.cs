namespace Sim800.Mqtt;

/// <summary>The session store has no room for a message; it was neither stored nor sent.</summary>
public sealed class MqttStoreFullException : MqttException
{
    internal MqttStoreFullException(bool dropped)
        : base(
            dropped
                ? "The message was dropped from the full session store to make room for a newer one."
                : "The session store is full; the message was not accepted.",
            MqttRemedy.PublishLess) => WasDropped = dropped;

    /// <summary>True when the message had been accepted and made room for a newer one; false when it was never accepted.</summary>
    public bool WasDropped { get; }
}
