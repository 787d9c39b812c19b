using System.Threading.Channels;

namespace Sim800.Mqtt;

/// <summary>
/// A subscription with its own bounded queue of messages, read with <c>await foreach</c>, <see cref="ReadAsync"/> or
/// <see cref="TryRead"/>. It survives the connection where the client does. Disposing it unsubscribes.
/// </summary>
public interface IMqttSubscription : IAsyncEnumerable<MqttMessage>, IAsyncDisposable
{
    /// <summary>The topic filters, each with the QoS the server has granted.</summary>
    IReadOnlyList<MqttTopicFilter> Filters { get; }

    /// <summary>How many messages of QoS 0 found the queue full (<see cref="MqttSubscribeOptions.Capacity"/>).</summary>
    long Dropped { get; }

    /// <summary>How many times the handler has thrown (<see cref="MqttSubscribeOptions.Handler"/>).</summary>
    long HandlerFailures { get; }

    /// <summary>Ends when no more messages will come and the last one is taken; fails with the reason when that is a failure.</summary>
    Task Completion { get; }

    /// <summary>Takes the next message, if there is one.</summary>
    /// <param name="message">The message.</param>
    /// <returns><c>false</c> when there is none.</returns>
    bool TryRead(out MqttMessage message);

    /// <summary>Waits for the next message and takes it.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refused the subscription when it was made again.</exception>
    /// <exception cref="ChannelClosedException">The subscription or the client was disposed.</exception>
    ValueTask<MqttMessage> ReadAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the subscription and waits for UNSUBACK (MQTT 3.1.1 §3.11).</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MqttClosedException">The connection or the client ended before, with the reason inside.</exception>
    Task UnsubscribeAsync(CancellationToken cancellationToken = default);
}
