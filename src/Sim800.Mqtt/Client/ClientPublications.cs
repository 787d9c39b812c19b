using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>The client's outgoing messages and the publishers who wait for them. Called under the session's gate.</summary>
internal sealed class ClientPublications(Gate gate, MqttSession session, MqttClientOptions options, ILogger log)
{
    private readonly DeliveryWaiters _waiters = new(gate);

    /// <summary>Stores a message of QoS 1 or 2, and writes it when it is its turn.</summary>
    /// <returns>Ends when the server has confirmed it.</returns>
    /// <exception cref="MqttStoreFullException">There is no room for the message.</exception>
    internal ValueTask PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQoS qos, bool retain, Outbox outbox, CancellationToken cancellationToken)
    {
        while (true)
        {
            var sequence = session.Publish(topic, payload, qos, retain, outbox.HasRoom, outbox);
            if (sequence != 0)
            {
                return _waiters.WaitAsync(sequence, cancellationToken);
            }

            MakeRoom();
        }
    }

    /// <summary>Writes a message of QoS 0 if there is room.</summary>
    /// <returns><c>false</c> when <paramref name="room"/> is to be awaited before the next attempt.</returns>
    internal static bool TryPublish(in PublishPacket packet, PayloadStream? stream, Outbox outbox, out Task room)
    {
        room = Task.CompletedTask;
        if (!outbox.HasRoom)
        {
            room = outbox.WhenRoomAsync();
            return false;
        }

        if (stream is null)
        {
            packet.Write(outbox);
        }
        else
        {
            packet.WriteHeader(outbox, stream.Length);
            outbox.Append(stream);
        }

        return true;
    }

    internal void OnDelivered(long sequence) => _waiters.Finish(sequence, failure: null);

    internal void Close(MqttClosedException closed) => _waiters.FailAll(closed);

    private void MakeRoom()
    {
        var dropped = options.WhenStoreFull == MqttStoreFullPolicy.DropOldest ? session.DropOldest() : 0;
        if (dropped == 0)
        {
            throw new MqttStoreFullException(dropped: false);
        }

        Log.MessageDropped(log, dropped);
        _waiters.Finish(dropped, new MqttStoreFullException(dropped: true));
    }
}
