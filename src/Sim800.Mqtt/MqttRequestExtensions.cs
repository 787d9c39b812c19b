using Sim800.Mqtt.Client;

namespace Sim800.Mqtt;

/// <summary>Request and response over a pair of topics. MQTT 3.1.1 has no correlation of its own, so a response topic should
/// belong to one requester with one request at a time.</summary>
public static class MqttRequestExtensions
{
    /// <summary>Subscribes to <paramref name="responseTopic"/>, publishes the request and waits for the first answer.</summary>
    /// <param name="client">A connected client.</param>
    /// <param name="topic">Where the request goes.</param>
    /// <param name="payload">The request.</param>
    /// <param name="responseTopic">Where the answer will come; kept (retained) messages on it are passed over.</param>
    /// <param name="timeout">How long the answer may take, counted from the confirmation of the request.</param>
    /// <param name="qos">How sure, both ways.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MqttRequestTimeoutException">No answer came in time.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refuses the subscription.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public static Task<MqttMessage> RequestAsync(
        this MqttClient client,
        string topic,
        ReadOnlyMemory<byte> payload,
        string responseTopic,
        TimeSpan timeout,
        MqttQoS qos = MqttQoS.AtLeastOnce,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Request.SendAsync(
            topic,
            () => client.PublishAsync(topic, payload, qos, cancellationToken: cancellationToken),
            client.SubscribeAsync(responseTopic, qos, cancellationToken),
            timeout,
            cancellationToken);
    }

    /// <summary>Publishes the request and waits for the first answer on a subscription made before, which spares two round
    /// trips for each request after the first.</summary>
    /// <param name="client">A connected client.</param>
    /// <param name="topic">Where the request goes.</param>
    /// <param name="payload">The request.</param>
    /// <param name="responses">Where the answer will come; what waits there already is thrown away, being older than the request.</param>
    /// <param name="timeout">How long the answer may take, counted from the confirmation of the request.</param>
    /// <param name="qos">How sure the request is.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MqttRequestTimeoutException">No answer came in time.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public static Task<MqttMessage> RequestAsync(
        this MqttClient client,
        string topic,
        ReadOnlyMemory<byte> payload,
        MqttSubscription responses,
        TimeSpan timeout,
        MqttQoS qos = MqttQoS.AtLeastOnce,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(responses);
        return Request.SendAsync(
            topic,
            () => client.PublishAsync(topic, payload, qos, cancellationToken: cancellationToken),
            responses,
            timeout,
            cancellationToken);
    }

    /// <summary>The same with a client that rides out lost connections.</summary>
    /// <inheritdoc cref="RequestAsync(MqttClient, string, ReadOnlyMemory{byte}, string, TimeSpan, MqttQoS, CancellationToken)"/>
    public static Task<MqttMessage> RequestAsync(
        this Sim800MqttClient client,
        string topic,
        ReadOnlyMemory<byte> payload,
        string responseTopic,
        TimeSpan timeout,
        MqttQoS qos = MqttQoS.AtLeastOnce,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return Request.SendAsync(
            topic,
            () => client.PublishAsync(topic, payload, qos, cancellationToken: cancellationToken),
            client.SubscribeAsync(responseTopic, qos, cancellationToken),
            timeout,
            cancellationToken);
    }

    /// <summary>The same with a client that rides out lost connections.</summary>
    /// <inheritdoc cref="RequestAsync(MqttClient, string, ReadOnlyMemory{byte}, MqttSubscription, TimeSpan, MqttQoS, CancellationToken)"/>
    public static Task<MqttMessage> RequestAsync(
        this Sim800MqttClient client,
        string topic,
        ReadOnlyMemory<byte> payload,
        MqttSubscription responses,
        TimeSpan timeout,
        MqttQoS qos = MqttQoS.AtLeastOnce,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(responses);
        return Request.SendAsync(
            topic,
            () => client.PublishAsync(topic, payload, qos, cancellationToken: cancellationToken),
            responses,
            timeout,
            cancellationToken);
    }
}
