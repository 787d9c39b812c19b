using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>
/// What an application publishes: messages of QoS 1 and 2 go through the session and wait for their acknowledgement, those of QoS 0 are written
/// when there is a connection with room for them. Belongs to the core, under whose gate it changes anything.
/// </summary>
internal sealed class Publishing(
    ClientCore core, MqttClientOptions options, MqttOfflinePolicy whenOffline, DeliveryWaiters waiters, PoisonMessages poison)
{
    private readonly Latch _atMostOnce = new();
    private long _dropped;

    /// <summary>How many messages of QoS 0 were dropped because there was no connection.</summary>
    internal long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Publishes, as <see cref="IMqttClient.PublishAsync(MqttMessage, CancellationToken)"/> says.</summary>
    internal ValueTask PublishAsync(in MqttMessage message, CancellationToken cancellationToken)
    {
        MqttMessage.ThrowIfNotPublishable(message, message.Payload.Length, options);
        cancellationToken.ThrowIfCancellationRequested();
        if (message.QoS != MqttQoS.AtMostOnce)
        {
            return DeliverAsync(message, cancellationToken);
        }

        return TryWrite(message, stream: null, out var pending)
            ? ValueTask.CompletedTask
            : new ValueTask(WriteWhenPossibleAsync(message, stream: null, pending, cancellationToken));
    }

    /// <summary>Publishes, as <see cref="IMqttClient.PublishAsync(MqttMessage, Stream, long, CancellationToken)"/> says.</summary>
    internal async Task PublishAsync(MqttMessage message, Stream payload, long length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        MqttMessage.ThrowIfNotPublishable(message, length, options);
        if (!message.Payload.IsEmpty)
        {
            throw new ArgumentException("A message whose payload is a stream has none of its own.", nameof(message));
        }

        if (message.QoS == MqttQoS.AtMostOnce)
        {
            await WriteWhenPossibleAsync(message, new PayloadStream(payload, length), Task.CompletedTask, cancellationToken).ConfigureAwait(false);
            return;
        }

        var copy = new byte[length];
        await payload.ReadExactlyAsync(copy, cancellationToken).ConfigureAwait(false);
        await PublishAsync(message with { Payload = copy }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Treats messages of QoS 0 as if there were no connection, or no longer.</summary>
    internal void HoldAtMostOnce(bool isHeld)
    {
        lock (core.Gate)
        {
            if (isHeld)
            {
                _atMostOnce.Close();
            }
            else
            {
                _atMostOnce.Open();
            }
        }
    }

    /// <summary>The client has ended: whoever waits to write hears of it.</summary>
    internal void LetGo() => _atMostOnce.Open();

    /// <summary>Stores a message of QoS 1 or 2, sends it when it is its turn, and waits for its acknowledgement.</summary>
    private ValueTask DeliverAsync(in MqttMessage message, CancellationToken cancellationToken)
    {
        lock (core.Gate)
        {
            core.ThrowIfClosed();
            long sequence;
            while ((sequence = core.Session.Publish(message, core.Connection is { Output.HasRoom: true } connection ? connection.Output : null)) == 0)
            {
                MakeRoom();
            }

            var delivered = waiters.WaitAsync(sequence, cancellationToken);
            core.Connection?.OnWritten();
            return delivered;
        }
    }

    private void MakeRoom()
    {
        var dropped = options.WhenStoreFull == MqttStoreFullPolicy.DropOldest ? core.Session.DropOldest() : 0;
        if (dropped == 0)
        {
            throw new MqttStoreFullException(dropped: false);
        }

        Log.MessageDropped(core.Logger, dropped);
        waiters.Finish(dropped, new MqttStoreFullException(dropped: true));
    }

    /// <summary>Writes a message of QoS 0 if there is a connection with room for it; without one, the offline policy decides.</summary>
    /// <param name="message">The message.</param>
    /// <param name="stream">Its payload, if that is a stream.</param>
    /// <param name="pending">When the result is <c>false</c>: what to wait for before the next attempt. Else what is left to wait for.</param>
    private bool TryWrite(in MqttMessage message, PayloadStream? stream, out Task pending)
    {
        lock (core.Gate)
        {
            core.ThrowIfClosed();
            pending = Task.CompletedTask;
            if (core.Session.Phase != ConnectionPhase.Connected || _atMostOnce.IsClosed)
            {
                return IsDroppedOffline(ref pending);
            }

            if (poison.Holds(out pending))
            {
                return false;
            }

            var connection = core.Connection!;
            var output = connection.Output;
            if (!output.HasRoom)
            {
                pending = output.WhenRoomAsync();
                return false;
            }

            var packet = PublishPacket.Of(message, isDuplicate: false, packetId: 0);
            if (stream is null)
            {
                packet.Write(output);
            }
            else
            {
                packet.WriteHeader(output, stream.Length);
                output.Append(stream);
                pending = output.WhenDrainedAsync();
            }

            connection.OnWritten();
            return true;
        }
    }

    private bool IsDroppedOffline(ref Task pending)
    {
        if (whenOffline == MqttOfflinePolicy.Drop)
        {
            _dropped++;
            return true;
        }

        pending = _atMostOnce.IsClosed ? _atMostOnce.WhenOpen : core.Status.WhenChangedAsync();
        return false;
    }

    private async Task WriteWhenPossibleAsync(MqttMessage message, PayloadStream? stream, Task pending, CancellationToken cancellationToken)
    {
        do
        {
            // A connection that is lost meanwhile is no failure of the message, which is not written yet.
            await pending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (!TryWrite(message, stream, out pending));

        // Half a packet cannot be taken back, so from here on nothing stops a stream.
        await pending.ConfigureAwait(false);
    }
}
