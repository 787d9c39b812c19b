namespace Sim800.Mqtt.Client;

/// <summary>One request and the wait for its answer.</summary>
internal static class Request
{
    /// <summary>The same with a subscription that is made for this request alone.</summary>
    internal static async Task<MqttMessage> SendAsync(
        string topic, Func<ValueTask> publishAsync, Task<MqttSubscription> subscribing, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var responses = await subscribing.ConfigureAwait(false);
        try
        {
            return await SendAsync(topic, publishAsync, responses, timeout, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await responses.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Publishes and takes the first message after that; what waits on the subscription already is older than the request
    /// and thrown away, and so are kept (retained) messages.</summary>
    internal static async Task<MqttMessage> SendAsync(
        string topic, Func<ValueTask> publishAsync, MqttSubscription responses, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (responses.TryRead(out _))
        {
        }

        await publishAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(timeout, responses.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await FirstAsync(responses, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MqttRequestTimeoutException(topic, timeout);
        }
    }

    private static async Task<MqttMessage> FirstAsync(MqttSubscription responses, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await responses.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!message.Retain)
            {
                return message;
            }
        }
    }
}
