namespace Sim800.Mqtt;

/// <summary>How a subscription is made and read. Immutable.</summary>
public sealed record MqttSubscribeOptions
{
    /// <summary>The highest QoS wanted; the server may grant a lower one. Default 1.</summary>
    public MqttQoS QoS { get; init; } = MqttQoS.AtLeastOnce;

    /// <summary>How many messages wait for the application at most. Beyond that a message of QoS 0 is dropped, and one of
    /// QoS 1 or 2 is left with the server, which sends it again on the next connection; both are counted in
    /// <see cref="MqttSubscription.Dropped"/>. Default 1,024.</summary>
    public int Capacity { get; init; } = 1024;

    /// <summary>When messages of QoS 1 and 2 are acknowledged.</summary>
    public MqttAcknowledgement Acknowledgement { get; init; } = MqttAcknowledgement.OnTake;

    /// <summary>False keeps the subscription at the server when the handle is disposed, so that a stored session goes on
    /// collecting messages. Default true.</summary>
    public bool UnsubscribeOnDispose { get; init; } = true;

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Validate(string parameter)
    {
        if (QoS is < MqttQoS.AtMostOnce or > MqttQoS.ExactlyOnce)
        {
            throw new ArgumentException("The QoS is 0, 1 or 2.", parameter);
        }

        if (Capacity < 1)
        {
            throw new ArgumentException("The capacity is at least 1.", parameter);
        }
    }
}
