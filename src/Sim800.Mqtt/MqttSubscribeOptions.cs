using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt;

/// <summary>How the messages of a subscription are queued, handled and acknowledged. Immutable.</summary>
public sealed record MqttSubscribeOptions
{
    /// <summary>
    /// How many messages wait for the application before it is too slow, 1 or more. Beyond that a message of QoS 0 is dropped and counted in
    /// <see cref="IMqttSubscription.Dropped"/>. Those of QoS 1 and 2 are kept in their order, and when 256 of them or 1 MiB are too much, nothing is read from the
    /// server, for any subscription, until the application has taken some: the server waits then, and the connection lives on. Default 1,024.
    /// </summary>
    public int Capacity { get; init; } = 1024;

    /// <summary>When messages of QoS 1 and 2 are acknowledged.</summary>
    public MqttAcknowledgement Acknowledgement { get; init; } = MqttAcknowledgement.OnTake;

    /// <summary>False keeps the subscription at the server when the handle is disposed, so that a stored session goes on
    /// collecting messages. Default true.</summary>
    public bool UnsubscribeOnDispose { get; init; } = true;

    /// <summary>
    /// Gets each message, one after another, away from the connection: it may take its time and may publish. Its token is cancelled when
    /// the client ends. A message is acknowledged when its handler has returned; when it throws, that is logged and counted in
    /// <see cref="IMqttSubscription.HandlerFailures"/>, and the server keeps the message. Null leaves the messages to be read.
    /// </summary>
    public Func<MqttMessage, CancellationToken, ValueTask>? Handler { get; init; }

    /// <summary>
    /// Topic filters of the messages that the server sends for this subscription, where its own filters do not say so: for a first level that is
    /// a server's own word. Null for the filters themselves, of which <c>$share/group/</c>, <c>$oshare/group/</c>, <c>$queue/</c>,
    /// <c>$exclusive/</c>, <c>$local/</c> and <c>$delayed/seconds/</c> are understood.
    /// </summary>
    public IReadOnlyCollection<string>? Topics { get; init; }

    /// <summary>Whether this subscription gets also the messages that fit no subscription; see <see cref="IMqttClient.Unmatched"/>.
    /// Default false.</summary>
    public bool TakesUnmatched { get; init; }

    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    internal void Validate(string parameter)
    {
        foreach (var filter in Topics ?? [])
        {
            TopicFilter.ThrowIfInvalid(filter, parameter);
        }

        if (Capacity < 1)
        {
            throw new ArgumentException("The capacity is at least 1.", parameter);
        }
    }
}

/// <summary>When a received message of QoS 1 or 2 is acknowledged to the server.</summary>
public enum MqttAcknowledgement
{
    /// <summary>When the application takes it from the subscription; a handler has taken it when it has returned.</summary>
    OnTake,

    /// <summary>When the application calls <see cref="MqttMessage.Acknowledge"/>.</summary>
    Manual,
}
