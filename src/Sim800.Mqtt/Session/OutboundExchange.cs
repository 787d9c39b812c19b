using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Session;

/// <summary>
/// The sender's side of QoS 1 and 2 (MQTT 3.1.1 §4.3.2, §4.3.3): what waits for its turn, what is in flight, and what has
/// to be sent again. Everything is in the store before the bytes that depend on it are written.
/// </summary>
internal sealed class OutboundExchange
{
    private readonly IMqttSessionStore _store;
    private readonly PacketIdAllocator _ids;
    private readonly InFlightWindow _window;
    private readonly Dictionary<ushort, OutboundEntry> _open = [];
    private readonly Queue<(long Sequence, MqttQoS QoS)> _queued = new();
    private readonly Queue<ushort> _resend = new();
    private long _lastSequence;
    private long _lastRelease;

    internal OutboundExchange(IMqttSessionStore store, PacketIdAllocator ids, InFlightWindow window)
    {
        (_store, _ids, _window) = (store, ids, window);
        foreach (var entry in store.LoadOutbound())
        {
            Restore(entry);
        }
    }

    internal int InFlight => _open.Count;

    internal int Waiting => _queued.Count;

    internal bool IsEmpty => _open.Count == 0 && _queued.Count == 0;

    /// <summary>Accepts a message and, when it is its turn, writes it.</summary>
    /// <returns>The key of the message, or 0 when the store has no room.</returns>
    internal long Publish(
        string topic, ReadOnlyMemory<byte> payload, MqttQoS qos, bool retain, bool maySend, IBufferWriter<byte> output)
    {
        var isTurn = maySend && _queued.Count == 0 && _resend.Count == 0 && _window.IsOpenFor(qos);
        var packetId = isTurn ? _ids.Take() : (ushort)0;
        var state = isTurn ? MqttDeliveryState.Published : MqttDeliveryState.Queued;
        var message = new MqttStoredMessage(_lastSequence + 1, state, packetId, topic, payload, qos, retain);
        if (!TryStore(message))
        {
            return 0;
        }

        _lastSequence++;
        if (isTurn)
        {
            Open(packetId, new OutboundEntry(_lastSequence, qos, state, 0));
            ToPacket(message, isDuplicate: false).Write(output);
        }
        else
        {
            _queued.Enqueue((_lastSequence, qos));
        }

        return _lastSequence;
    }

    /// <summary>Gives up the oldest message that was never sent, to make room.</summary>
    /// <returns>Its key, or 0 when all have been sent.</returns>
    internal long DropOldest()
    {
        if (!_queued.TryDequeue(out var oldest))
        {
            return 0;
        }

        _store.Remove(oldest.Sequence);
        return oldest.Sequence;
    }

    /// <summary>Prepares for a new connection of the same session: PUBRELs in the order of their PUBRECs, then PUBLISHes in
    /// their first order, are to be sent again (MQTT 3.1.1 §4.4, §4.6).</summary>
    internal void Resume()
    {
        _resend.Clear();
        var again = _open
            .OrderBy(open => open.Value.State == MqttDeliveryState.Released ? 0 : 1)
            .ThenBy(open => open.Value.ReleaseOrder)
            .ThenBy(open => open.Value.Sequence);
        foreach (var (packetId, _) in again)
        {
            _resend.Enqueue(packetId);
        }
    }

    /// <summary>Prepares for a new session: packet identifiers and states are void, the messages are sent as new ones.</summary>
    internal void Restart()
    {
        _resend.Clear();
        (long, MqttQoS)[] all =
        [
            .. _open.Values.OrderBy(entry => entry.Sequence).Select(entry => (entry.Sequence, entry.QoS)),
            .. _queued,
        ];
        foreach (var (packetId, entry) in _open)
        {
            _store.Update(entry.Sequence, MqttDeliveryState.Queued, 0);
            _ids.Release(packetId);
        }

        _open.Clear();
        _window.Clear();
        _queued.Clear();
        Array.ForEach(all, _queued.Enqueue);
    }

    /// <summary>Writes the next packet that is due: one to be sent again, else a queued message if the window is open.</summary>
    internal bool WriteNext(IBufferWriter<byte> output)
    {
        while (_resend.TryDequeue(out var packetId))
        {
            if (_open.TryGetValue(packetId, out var entry))
            {
                WriteAgain(packetId, entry, output);
                return true;
            }
        }

        if (!_queued.TryPeek(out var next) || !_window.IsOpenFor(next.QoS))
        {
            return false;
        }

        WriteFirst(next.Sequence, output);
        return true;
    }

    /// <returns>The key of the message that is now delivered, or 0.</returns>
    internal AckOutcome Receive(AckPacket ack, IBufferWriter<byte> output)
    {
        if (!_open.TryGetValue(ack.PacketId, out var entry))
        {
            return Unknown(ack, output);
        }

        return (ack.Type, entry.QoS, entry.State) switch
        {
            (PacketType.PubAck, MqttQoS.AtLeastOnce, _) => Complete(ack.PacketId, entry),
            (PacketType.PubRec, MqttQoS.ExactlyOnce, _) => Release(ack.PacketId, entry, output),
            (PacketType.PubComp, _, MqttDeliveryState.Released) => Complete(ack.PacketId, entry),
            _ => throw new MqttProtocolException(MqttProtocolError.UnexpectedAcknowledgement),
        };
    }

    // A late acknowledgement is harmless, but a server that waits for PUBREL would wait for ever.
    private static AckOutcome Unknown(AckPacket ack, IBufferWriter<byte> output)
    {
        if (ack.Type == PacketType.PubRec)
        {
            new AckPacket(PacketType.PubRel, ack.PacketId).Write(output);
        }

        return new AckOutcome(AckOutcomeKind.Unknown, 0);
    }

    private static PublishPacket ToPacket(in MqttStoredMessage message, bool isDuplicate) => new(
        message.Topic, new ReadOnlySequence<byte>(message.Payload), message.QoS, message.Retain, isDuplicate, message.PacketId);

    private AckOutcome Complete(ushort packetId, in OutboundEntry entry)
    {
        _store.Remove(entry.Sequence);
        _open.Remove(packetId);
        _window.Remove(entry.QoS);
        _ids.Release(packetId);
        return new AckOutcome(AckOutcomeKind.Delivered, entry.Sequence);
    }

    private AckOutcome Release(ushort packetId, in OutboundEntry entry, IBufferWriter<byte> output)
    {
        if (entry.State != MqttDeliveryState.Released)
        {
            _store.Update(entry.Sequence, MqttDeliveryState.Released, packetId);
            _open[packetId] = entry with { State = MqttDeliveryState.Released, ReleaseOrder = ++_lastRelease };
        }

        new AckPacket(PacketType.PubRel, packetId).Write(output);
        return new AckOutcome(AckOutcomeKind.Released, entry.Sequence);
    }

    private void Open(ushort packetId, in OutboundEntry entry)
    {
        _open.Add(packetId, entry);
        _window.Add(entry.QoS);
    }

    private void WriteAgain(ushort packetId, in OutboundEntry entry, IBufferWriter<byte> output)
    {
        if (entry.State == MqttDeliveryState.Released)
        {
            new AckPacket(PacketType.PubRel, packetId).Write(output);
        }
        else
        {
            ToPacket(Get(entry.Sequence), isDuplicate: true).Write(output);
        }
    }

    private void WriteFirst(long sequence, IBufferWriter<byte> output)
    {
        var message = Get(sequence) with { State = MqttDeliveryState.Published, PacketId = _ids.Take() };
        try
        {
            _store.Update(sequence, message.State, message.PacketId);
        }
        catch
        {
            _ids.Release(message.PacketId);
            throw;
        }

        _queued.Dequeue();
        Open(message.PacketId, new OutboundEntry(sequence, message.QoS, message.State, 0));
        ToPacket(message, isDuplicate: false).Write(output);
    }

    private MqttStoredMessage Get(long sequence) => _store.TryGet(sequence, out var message)
        ? message
        : throw new InvalidOperationException("The session store has lost a message; only this client may change it.");

    private bool TryStore(in MqttStoredMessage message)
    {
        var isStored = false;
        try
        {
            return isStored = _store.TryAdd(message);
        }
        finally
        {
            if (!isStored)
            {
                _ids.Release(message.PacketId);
            }
        }
    }

    private void Restore(MqttStoredEntry entry)
    {
        _lastSequence = Math.Max(_lastSequence, entry.Sequence);
        if (entry.State != MqttDeliveryState.Queued && _ids.TryTake(entry.PacketId))
        {
            var order = entry.State == MqttDeliveryState.Released ? ++_lastRelease : 0;
            Open(entry.PacketId, new OutboundEntry(entry.Sequence, entry.QoS, entry.State, order));
        }
        else
        {
            _queued.Enqueue((entry.Sequence, entry.QoS));
        }
    }
}
