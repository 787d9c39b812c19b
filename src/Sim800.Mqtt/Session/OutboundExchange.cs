using System.Buffers;
using System.Runtime.InteropServices;
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
    private readonly PoisonSearch _poison;
    private readonly ForgottenIds _forgotten = new();
    private readonly Dictionary<ushort, OutboundEntry> _open = [];
    private readonly Queue<(long Sequence, MqttQoS QoS)> _queued = new();
    private readonly Queue<ushort> _resend = new();
    private readonly Queue<(long Sequence, ushort PacketId)> _unforgotten = new();
    private long _lastSequence;
    private long _lastRelease;

    internal OutboundExchange(IMqttSessionStore store, PacketIdAllocator ids, InFlightWindow window, PoisonSearch poison)
    {
        (_store, _ids, _window, _poison) = (store, ids, window, poison);
        foreach (var entry in store.LoadOutbound())
        {
            Restore(entry);
        }
    }

    internal int InFlight => _open.Count;

    internal int Waiting => _queued.Count;

    internal bool IsEmpty => _open.Count == 0 && _queued.Count == 0;

    /// <summary>Accepts a message and, when it is its turn, writes it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where it is written; null when nothing may be written now.</param>
    /// <returns>The key of the message, or 0 when the store has no room.</returns>
    internal long Publish(in MqttMessage message, IBufferWriter<byte>? output)
    {
        var isTurn = output is not null && _queued.Count == 0 && _resend.Count == 0 && _poison.MaySend && _window.IsOpenFor(message.QoS) && _ids.HasFree;
        var packetId = isTurn ? _ids.Take() : (ushort)0;
        var state = isTurn ? MqttDeliveryState.Published : MqttDeliveryState.Queued;
        if (!TryStore(new MqttStoredEntry(_lastSequence + 1, state, packetId, message.QoS), message))
        {
            return 0;
        }

        _lastSequence++;
        if (isTurn)
        {
            Open(packetId, new OutboundEntry(_lastSequence, message.QoS, state, 0));
            _poison.OnSent(_lastSequence);
            PublishPacket.Of(message, isDuplicate: false, packetId).Write(output!);
        }
        else
        {
            _queued.Enqueue((_lastSequence, message.QoS));
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
        _forgotten.Resume(_ids);
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
        _forgotten.Restart(_ids);
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
        if (_forgotten.TryTakeRelease(out var forgotten))
        {
            new AckPacket(PacketType.PubRel, forgotten).Write(output);
            return true;
        }

        while (_resend.TryPeek(out var packetId))
        {
            var isOpen = _open.TryGetValue(packetId, out var entry);
            if (isOpen && entry.State != MqttDeliveryState.Released && !_poison.MaySend)
            {
                return false;
            }

            _resend.Dequeue();
            if (isOpen)
            {
                WriteAgain(packetId, entry, output);
                return true;
            }
        }

        if (!_poison.MaySend || !_queued.TryPeek(out var next) || !_window.IsOpenFor(next.QoS) || !_ids.HasFree)
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
            (PacketType.PubAck, MqttQoS.ExactlyOnce, _) =>
                throw new MqttProtocolException(MqttProtocolError.UnexpectedAcknowledgement, MqttRemedy.UseAtLeastOnce),
            _ => throw new MqttProtocolException(MqttProtocolError.UnexpectedAcknowledgement),
        };
    }

    /// <summary>The messages that the server has not got for all that is known here, in their order.</summary>
    internal IReadOnlyList<long> Unconfirmed =>
    [
        .. _open.Values.Where(entry => entry.State != MqttDeliveryState.Released).Select(entry => entry.Sequence).Order(),
        .. _queued.Select(queued => queued.Sequence),
    ];

    internal bool TryGet(long sequence, out MqttMessage message) => _store.TryGet(sequence, out message);

    internal bool TryGetSuspect(out MqttMessage message, out int connections)
    {
        (message, connections) = (default, 0);
        var oldest = long.MaxValue;
        foreach (var entry in _open.Values)
        {
            oldest = entry.State != MqttDeliveryState.Released ? Math.Min(oldest, entry.Sequence) : oldest;
        }

        connections = oldest == long.MaxValue ? 0 : _poison.EndsAt(oldest);
        return connections > 1 && _store.TryGet(oldest, out message);
    }

    /// <summary>Gives up a message that the server has not confirmed: it is never sent again. Its packet identifier stays taken until the server
    /// cannot mean it any more.</summary>
    internal void Forget(long sequence)
    {
        _store.Remove(sequence);
        _poison.Clear(sequence);
        foreach (var (packetId, entry) in _open)
        {
            if (entry.Sequence == sequence)
            {
                _open.Remove(packetId);
                _window.Remove(entry.QoS);
                _forgotten.Add(packetId, entry.QoS);
                return;
            }
        }

        for (var left = _queued.Count; left > 0; left--)
        {
            var queued = _queued.Dequeue();
            if (queued.Sequence != sequence)
            {
                _queued.Enqueue(queued);
            }
        }
    }

    // A late acknowledgement is harmless, but a server that waits for PUBREL would wait for ever.
    private AckOutcome Unknown(AckPacket ack, IBufferWriter<byte> output)
    {
        if (ack.Type == PacketType.PubRec)
        {
            new AckPacket(PacketType.PubRel, ack.PacketId).Write(output);
        }

        return new AckOutcome(_forgotten.Answer(ack, _ids) ? AckOutcomeKind.Released : AckOutcomeKind.Unknown, 0);
    }

    /// <summary>The message is delivered, and a store that cannot forget it changes nothing about that. Its packet identifier stays taken until the
    /// store has forgotten it: else two messages of the store could have the same one.</summary>
    private AckOutcome Complete(ushort packetId, in OutboundEntry entry)
    {
        _open.Remove(packetId);
        _window.Remove(entry.QoS);
        _poison.Clear(entry.Sequence);
        _unforgotten.Enqueue((entry.Sequence, packetId));
        return new AckOutcome(AckOutcomeKind.Delivered, entry.Sequence) { StoreFailure = TryForget() };
    }

    private Exception? TryForget()
    {
        try
        {
            while (_unforgotten.TryPeek(out var finished))
            {
                _store.Remove(finished.Sequence);
                _unforgotten.Dequeue();
                _ids.Release(finished.PacketId);
            }

            return null;
        }
#pragma warning disable CA1031 // a store can fail in any way; the caller says so, and it is tried again with the next message
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private AckOutcome Release(ushort packetId, in OutboundEntry entry, IBufferWriter<byte> output)
    {
        if (entry.State != MqttDeliveryState.Released)
        {
            _store.Update(entry.Sequence, MqttDeliveryState.Released, packetId);
            _open[packetId] = entry with { State = MqttDeliveryState.Released, ReleaseOrder = ++_lastRelease };
            _poison.Clear(entry.Sequence);
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
            _poison.OnSent(entry.Sequence);
            PublishPacket.Of(Get(entry.Sequence), isDuplicate: true, packetId).Write(output);
        }
    }

    private void WriteFirst(long sequence, IBufferWriter<byte> output)
    {
        var message = Get(sequence);
        var packetId = _ids.Take();
        try
        {
            _store.Update(sequence, MqttDeliveryState.Published, packetId);
        }
        catch
        {
            _ids.Release(packetId);
            throw;
        }

        _queued.Dequeue();
        Open(packetId, new OutboundEntry(sequence, message.QoS, MqttDeliveryState.Published, 0));
        _poison.OnSent(sequence);
        PublishPacket.Of(message, isDuplicate: false, packetId).Write(output);
    }

    private MqttMessage Get(long sequence) => _store.TryGet(sequence, out var message)
        ? message
        : throw new InvalidOperationException("The session store has lost a message; only this client may change it.");

    private bool TryStore(in MqttStoredEntry entry, in MqttMessage message)
    {
        var isStored = false;
        try
        {
            return isStored = _store.TryAdd(entry, message);
        }
        finally
        {
            if (!isStored)
            {
                _ids.Release(entry.PacketId);
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

/// <summary>An outgoing message that has a packet identifier. <c>ReleaseOrder</c> is the place of its PUBREC among all PUBRECs,
/// which is the order of the PUBRELs [MQTT-4.6.0-4].</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutboundEntry(long Sequence, MqttQoS QoS, MqttDeliveryState State, long ReleaseOrder);

/// <summary>See <see cref="AckOutcome"/>.</summary>
internal enum AckOutcomeKind
{
    /// <summary>No message is open under that packet identifier: a late acknowledgement, counted and harmless.</summary>
    Unknown,

    /// <summary>QoS 2: the server has the message; PUBCOMP is still to come.</summary>
    Released,

    /// <summary>The server has confirmed the message; its packet identifier is free again.</summary>
    Delivered,
}

/// <summary>What an acknowledgement of the server meant for an outgoing message.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AckOutcome(AckOutcomeKind Kind, long Sequence)
{
    /// <summary>Delivered: why the store could not forget the message; null when it could.</summary>
    internal Exception? StoreFailure { get; init; }
}

/// <summary>
/// How many messages may be unacknowledged at a time: all together, and of QoS 2 alone. A server keeps state for each open
/// message of QoS 2, and some hang up on a client that has more of them open than they allow, which MQTT 3.1.1 has no way
/// to tell.
/// </summary>
internal sealed class InFlightWindow(int all, int exactlyOnce)
{
    private int _open;
    private int _openExactlyOnce;

    internal bool IsOpenFor(MqttQoS qos) =>
        _open < all && (qos != MqttQoS.ExactlyOnce || _openExactlyOnce < exactlyOnce);

    internal void Add(MqttQoS qos) => Count(qos, 1);

    internal void Remove(MqttQoS qos) => Count(qos, -1);

    internal void Clear() => (_open, _openExactlyOnce) = (0, 0);

    private void Count(MqttQoS qos, int change)
    {
        _open += change;
        _openExactlyOnce += qos == MqttQoS.ExactlyOnce ? change : 0;
    }
}
