using System.Buffers;

namespace Sim800.Mqtt;

/// <summary>Shorter forms of publishing and subscribing, for every <see cref="IMqttClient"/>.</summary>
public static class MqttClientExtensions
{
    /// <summary>Publishes a payload of bytes.</summary>
    /// <param name="client">The client.</param>
    /// <param name="topic">The topic name: at least one character, no wildcards.</param>
    /// <param name="payload">The payload; may be used again as soon as the returned task has ended.</param>
    /// <param name="qos">The quality of service. The task ends, for QoS 0, when the message is written for the transport; for QoS 1 with
    /// PUBACK and for QoS 2 with PUBCOMP.</param>
    /// <param name="retain">Whether the server shall keep it as the topic's retained message.</param>
    /// <param name="cancellationToken">Stops the waiting. A message of QoS 1 or 2 that is accepted is delivered all the same.</param>
    /// <exception cref="ArgumentException">The topic is invalid or the packet exceeds <see cref="MqttClientOptions.MaxPacketSize"/>.</exception>
    /// <exception cref="MqttStoreFullException">The session store has no room.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public static ValueTask PublishAsync(
        this IMqttClient client,
        string topic,
        ReadOnlyMemory<byte> payload,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.PublishAsync(new MqttMessage(topic, payload, qos, retain), cancellationToken);
    }

    /// <summary>Publishes a text, sent as UTF-8.</summary>
    /// <inheritdoc cref="PublishAsync(IMqttClient, string, ReadOnlyMemory{byte}, MqttQoS, bool, CancellationToken)"/>
    public static ValueTask PublishAsync(
        this IMqttClient client,
        string topic,
        string payload,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(payload);
        return client.PublishAsync(new MqttMessage(topic, payload, qos, retain), cancellationToken);
    }

    /// <summary>Publishes a payload that is in pieces.</summary>
    /// <inheritdoc cref="PublishAsync(IMqttClient, string, ReadOnlyMemory{byte}, MqttQoS, bool, CancellationToken)"/>
    public static ValueTask PublishAsync(
        this IMqttClient client,
        string topic,
        ReadOnlySequence<byte> payload,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return payload.IsSingleSegment
            ? client.PublishAsync(new MqttMessage(topic, payload.First, qos, retain), cancellationToken)
            : PublishPiecesAsync(client, new MqttMessage(topic, default(ReadOnlyMemory<byte>), qos, retain), payload, cancellationToken);
    }

    /// <summary>Publishes a payload that is the next <paramref name="length"/> bytes of a stream.</summary>
    /// <param name="client">The client.</param>
    /// <param name="topic">The topic name: at least one character, no wildcards.</param>
    /// <param name="payload">The payload; not to be touched until the returned task has ended.</param>
    /// <param name="length">How many bytes are read from it, at least 0.</param>
    /// <param name="qos">The quality of service.</param>
    /// <param name="retain">Whether the server shall keep it as the topic's retained message.</param>
    /// <param name="cancellationToken">Stops the waiting; a packet that has begun is finished.</param>
    /// <inheritdoc cref="IMqttClient.PublishAsync(MqttMessage, Stream, long, CancellationToken)" path="/*[self::exception or self::returns or self::remarks]" />
    public static Task PublishAsync(
        this IMqttClient client,
        string topic,
        Stream payload,
        long length,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.PublishAsync(
            new MqttMessage { Topic = topic, QoS = qos, Retain = retain }, payload, length, cancellationToken);
    }

    /// <summary>Subscribes to one topic filter and waits for the server's grant.</summary>
    /// <param name="client">The client.</param>
    /// <param name="filter">The topic filter.</param>
    /// <param name="qos">The highest quality of service wanted.</param>
    /// <param name="cancellationToken">Stops the waiting and gives the subscription up.</param>
    /// <exception cref="ArgumentException">The filter is invalid.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refuses.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public static Task<IMqttSubscription> SubscribeAsync(
        this IMqttClient client, string filter, MqttQoS qos = MqttQoS.AtLeastOnce, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SubscribeAsync([new MqttTopicFilter(filter, qos)], options: null, cancellationToken);
    }

    /// <summary>Subscribes to one topic filter with QoS 1 and options of its own.</summary>
    /// <param name="client">The client.</param>
    /// <param name="filter">The topic filter.</param>
    /// <param name="options">How the messages are queued and acknowledged.</param>
    /// <param name="cancellationToken">Stops the waiting and gives the subscription up.</param>
    /// <inheritdoc cref="SubscribeAsync(IMqttClient, string, MqttQoS, CancellationToken)" path="/*[self::exception or self::returns or self::remarks]" />
    public static Task<IMqttSubscription> SubscribeAsync(
        this IMqttClient client, string filter, MqttSubscribeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.SubscribeAsync([new MqttTopicFilter(filter)], options, cancellationToken);
    }

    /// <summary>Subscribes to one topic filter with QoS 1 and gives each message to <paramref name="handler"/>, as
    /// <see cref="MqttSubscribeOptions.Handler"/> says.</summary>
    /// <param name="client">The client.</param>
    /// <param name="filter">The topic filter.</param>
    /// <param name="handler">Gets each message, and a token that is cancelled when the client ends.</param>
    /// <param name="cancellationToken">Stops the waiting and gives the subscription up.</param>
    /// <inheritdoc cref="SubscribeAsync(IMqttClient, string, MqttQoS, CancellationToken)" path="/*[self::exception or self::returns or self::remarks]" />
    public static Task<IMqttSubscription> SubscribeAsync(
        this IMqttClient client,
        string filter,
        Func<MqttMessage, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return client.SubscribeAsync(filter, new MqttSubscribeOptions { Handler = handler }, cancellationToken);
    }

    private static async ValueTask PublishPiecesAsync(
        IMqttClient client, MqttMessage message, ReadOnlySequence<byte> payload, CancellationToken cancellationToken)
    {
        var length = checked((int)payload.Length);
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            payload.CopyTo(copy);
            await client.PublishAsync(message with { Payload = copy.AsMemory(0, length) }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
