namespace Sim800.Mqtt;

/// <summary>Request and response over a pair of topics. MQTT 3.1.1 has no correlation of its own, so a response topic should
/// belong to one requester with one request at a time.</summary>
public static class MqttRequestExtensions
{
    /// <summary>Subscribes to <paramref name="responseTopic"/>, publishes the request and waits for the first response.</summary>
    /// <param name="client">The client.</param>
    /// <param name="topic">The topic of the request.</param>
    /// <param name="payload">The request.</param>
    /// <param name="responseTopic">The topic of the response; retained messages on it are passed over.</param>
    /// <param name="timeout">How long the response may take, counted from the acknowledgement of the request.</param>
    /// <param name="qos">The quality of service of both.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MqttRequestTimeoutException">No response came in time.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refuses the subscription.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public static async Task<MqttMessage> RequestAsync(
        this IMqttClient client,
        string topic,
        ReadOnlyMemory<byte> payload,
        string responseTopic,
        TimeSpan timeout,
        MqttQoS qos = MqttQoS.AtLeastOnce,
        CancellationToken cancellationToken = default)
    {
        var responses = await client.SubscribeAsync(responseTopic, qos, cancellationToken).ConfigureAwait(false);
        await using (((IAsyncDisposable)responses).ConfigureAwait(false))
        {
            return await client.RequestAsync(topic, payload, responses, timeout, qos, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Publishes the request and waits for the first response on a subscription made before, which spares two round
    /// trips for each request after the first.</summary>
    /// <param name="client">The client.</param>
    /// <param name="topic">The topic of the request.</param>
    /// <param name="payload">The request.</param>
    /// <param name="responses">Where the response will come; what waits there already is older than the request and thrown away.</param>
    /// <param name="timeout">How long the response may take, counted from the acknowledgement of the request.</param>
    /// <param name="qos">The quality of service of the request.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="MqttRequestTimeoutException">No response came in time.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public static async Task<MqttMessage> RequestAsync(
        this IMqttClient client,
        string topic,
        ReadOnlyMemory<byte> payload,
        IMqttSubscription responses,
        TimeSpan timeout,
        MqttQoS qos = MqttQoS.AtLeastOnce,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(responses);
        while (responses.TryRead(out _))
        {
        }

        await client.PublishAsync(topic, payload, qos, cancellationToken: cancellationToken).ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(timeout, client.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            MqttMessage message;
            do
            {
                message = await responses.ReadAsync(either.Token).ConfigureAwait(false);
            }
            while (message.Retain);
            return message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MqttRequestTimeoutException(topic, timeout);
        }
    }
}
