using System.Buffers;

namespace Sim800.Mqtt.Composition;

/// <summary>Publishes with QoS 0 over whatever connection there is: now, at the next one, or not at all.</summary>
internal sealed class UnconfirmedPublisher(MqttClient client, StatusBoard board, OfflinePublishing whenOffline)
{
    private long _dropped;

    internal long Dropped => Interlocked.Read(ref _dropped);

    internal ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancellationToken)
    {
        if (board.Current.State is not Sim800ClientState.Connected)
        {
            return PublishLaterAsync(topic, payload, retain, cancellationToken);
        }

        try
        {
            var writing = client.PublishAsync(topic, payload, MqttQoS.AtMostOnce, retain, cancellationToken).Preserve();
            return writing.IsCompletedSuccessfully ? default : FinishAsync(writing, topic, payload, retain, cancellationToken);
        }
        catch (MqttClosedException)
        {
            // The connection was lost at this very moment.
            return PublishLaterAsync(topic, payload, retain, cancellationToken);
        }
    }

    private async ValueTask FinishAsync(
        ValueTask writing, string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancellationToken)
    {
        try
        {
            await writing.ConfigureAwait(false);
        }
        catch (MqttClosedException)
        {
            await PublishLaterAsync(topic, payload, retain, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask PublishLaterAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancellationToken)
    {
        // A mistake of the caller's is told now, and neither dropped nor kept for the next connection.
        _ = client.Check(topic, new ReadOnlySequence<byte>(payload), payload.Length, MqttQoS.AtMostOnce, retain);
        await foreach (var status in board.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (status.State is Sim800ClientState.Closed)
            {
                throw new MqttClosedException(status.Reason);
            }

            if (status.State is Sim800ClientState.Connected
                && await TryPublishAsync(topic, payload, retain, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            if (whenOffline is OfflinePublishing.Drop)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }
        }
    }

    private async ValueTask<bool> TryPublishAsync(
        string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken cancellationToken)
    {
        try
        {
            await client.PublishAsync(topic, payload, MqttQoS.AtMostOnce, retain, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (MqttClosedException)
        {
            return false;
        }
    }
}
