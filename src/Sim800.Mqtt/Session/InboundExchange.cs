using System.Buffers;
using System.Runtime.InteropServices;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Session;

/// <summary>
/// The receiver's side of QoS 1 and 2 (MQTT 3.1.1 §4.3.2, §4.3.3): hands each message on once a session, and acknowledges
/// it when the application says so, in the order of receipt (§4.6).
/// </summary>
internal sealed class InboundExchange
{
    private readonly IMqttSessionStore _store;
    private readonly Dictionary<ushort, InboundEntry> _open = [];
    private readonly Queue<ushort> _order1 = new();
    private readonly Queue<ushort> _order2 = new();
    private long _lastSerial;
    private long _connection;
    private int _rejected;

    internal InboundExchange(IMqttSessionStore store)
    {
        _store = store;
        foreach (var (packetId, digest) in store.LoadInbound())
        {
            _open[packetId] = new InboundEntry(0, InboundState.Received, MqttQoS.ExactlyOnce, 0, digest);
        }
    }

    internal bool IsEmpty => _open.Count == 0;

    /// <summary>Messages of this connection that the server waits to have acknowledged: not taken by the application, given back
    /// by it, or behind one that it has not taken.</summary>
    internal int HeldBack => _order1.Count + _order2.Count + _rejected;

    /// <summary>How many have been acknowledged, at whatever QoS: while it grows, the application takes what comes.</summary>
    internal long Answered { get; private set; }

    /// <summary>How many messages were found to be forgotten by the server in the middle of their exchange, as one that was restored from an
    /// older state has forgotten them.</summary>
    internal long ForgottenByServer { get; private set; }

    /// <summary>A new connection: what comes again on it is a repetition and no breach. Acknowledgements still owed are
    /// given when the server sends the message again, as it must.</summary>
    internal void Resume()
    {
        _connection++;
        _order1.Clear();
        _order2.Clear();
        _rejected = 0;
        foreach (var (packetId, entry) in _open.Where(open => open.Value.State == InboundState.Rejected).ToArray())
        {
            _open.Remove(packetId);
        }
    }

    /// <summary>A new session: the server knows nothing of the old one, and its packet identifiers start afresh.</summary>
    internal void Restart()
    {
        _open.Clear();
        _store.ClearInbound();
        Resume();
    }

    /// <returns><c>true</c> when the message is to be handed to the application under <paramref name="token"/>.</returns>
    internal bool Receive(in PublishPacket packet, IBufferWriter<byte> output, out InboundToken token)
    {
        token = default;
        if (packet.QoS == MqttQoS.AtMostOnce)
        {
            return true;
        }

        var digest = MessageDigest.Of(packet);
        var isNew = !_open.TryGetValue(packet.PacketId, out var entry)
            || (entry.Connection != _connection && entry.State == InboundState.Rejected);
        if (!isNew && IsForgottenByServer(entry, packet, digest))
        {
            isNew = true;
            Forget(packet.PacketId, entry);
        }

        if (isNew)
        {
            entry = new InboundEntry(++_lastSerial, InboundState.Delivered, packet.QoS, _connection, digest);
        }
        else if (entry.QoS != packet.QoS || (entry.Connection == _connection && !packet.Duplicate))
        {
            throw new MqttProtocolException(MqttProtocolError.PacketIdInUse);
        }

        token = new InboundToken(entry.Serial, packet.PacketId);
        var isFirstHere = isNew || entry.Connection != _connection;
        _open[packet.PacketId] = entry with { Connection = _connection };
        if (isFirstHere && entry.State != InboundState.Received)
        {
            OrderOf(entry.QoS).Enqueue(packet.PacketId);
        }

        Answer(packet.PacketId, entry, output);
        return isNew;
    }

    /// <summary>The application has the message, or gives it back: then the server shall send it again on the next connection.
    /// What may be acknowledged now is. Without a connection, output is null.</summary>
    internal void Settle(InboundToken token, bool isTaken, IBufferWriter<byte>? output)
    {
        if (!_open.TryGetValue(token.PacketId, out var entry)
            || entry.Serial != token.Serial
            || entry.State != InboundState.Delivered)
        {
            return;
        }

        if (isTaken && entry.QoS == MqttQoS.ExactlyOnce)
        {
            // From here on a repetition must not reach the application, whatever happens to the process.
            _store.AddInbound(new MqttStoredInbound(token.PacketId, entry.Digest));
        }

        _open[token.PacketId] = entry with { State = isTaken ? InboundState.Acknowledged : InboundState.Rejected };
        if (output is not null)
        {
            WriteSettled(entry.QoS, output);
        }
    }

    /// <summary>PUBREL: the message is finished. PUBCOMP answers also one that is not known (any more) [MQTT-4.3.3-2].</summary>
    /// <returns>Why the store could not forget it; null when it could. Nothing is lost by that: a stored message that is finished is told
    /// from a new one of the same packet identifier by its digest.</returns>
    internal Exception? Release(AckPacket pubRel, IBufferWriter<byte> output)
    {
        Exception? failure = null;
        if (_open.TryGetValue(pubRel.PacketId, out var entry))
        {
            if (entry.State == InboundState.Received)
            {
                _open.Remove(pubRel.PacketId);
                failure = TryForgetStored(pubRel.PacketId);
            }
            else if (entry.Connection != _connection)
            {
                // The server speaks of an earlier message; of the one that waits here it knows nothing.
                Forget(pubRel.PacketId, entry);
            }
            else
            {
                throw new MqttProtocolException(MqttProtocolError.UnexpectedAcknowledgement);
            }
        }

        new AckPacket(PacketType.PubComp, pubRel.PacketId).Write(output);
        return failure;
    }

    /// <summary>
    /// Whether a packet identifier that is open from an earlier connection names another message now. To take that for a repetition would lose
    /// it. A message that is sent again carries DUP [MQTT-3.3.1-1], but not with every server: for QoS 2, where a repetition must not reach
    /// the application, topic and payload decide; for QoS 1, where a loss is worse, a packet without DUP is a new message.
    /// </summary>
    private bool IsForgottenByServer(in InboundEntry entry, in PublishPacket packet, long digest) =>
        entry.Connection != _connection
        && (entry.QoS != packet.QoS
            || (entry.Digest != digest && entry.Digest != MessageDigest.Unknown)
            || (!packet.Duplicate && packet.QoS == MqttQoS.AtLeastOnce));

    private void Forget(ushort packetId, in InboundEntry entry)
    {
        ForgottenByServer++;
        _open.Remove(packetId);
        if (entry.QoS == MqttQoS.ExactlyOnce && entry.State is InboundState.Received or InboundState.Acknowledged)
        {
            _store.RemoveInbound(packetId);
        }
    }

    private Exception? TryForgetStored(ushort packetId)
    {
        try
        {
            _store.RemoveInbound(packetId);
            return null;
        }
#pragma warning disable CA1031 // a store can fail in any way; the caller says so, and nothing else can be done
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private Queue<ushort> OrderOf(MqttQoS qos) => qos == MqttQoS.AtLeastOnce ? _order1 : _order2;

    private void Answer(ushort packetId, in InboundEntry entry, IBufferWriter<byte> output)
    {
        if (entry.State == InboundState.Received)
        {
            new AckPacket(PacketType.PubRec, packetId).Write(output);
        }
        else if (entry.State == InboundState.Acknowledged)
        {
            WriteSettled(entry.QoS, output);
        }
    }

    private void WriteSettled(MqttQoS qos, IBufferWriter<byte> output)
    {
        var order = OrderOf(qos);
        while (order.TryPeek(out var packetId)
            && _open[packetId].State is InboundState.Acknowledged or InboundState.Rejected)
        {
            order.Dequeue();
            if (_open[packetId].State == InboundState.Acknowledged)
            {
                Answered++;
                Write(packetId, qos, output);
            }
            else
            {
                _rejected++;
            }
        }
    }

    private void Write(ushort packetId, MqttQoS qos, IBufferWriter<byte> output)
    {
        if (qos == MqttQoS.AtLeastOnce)
        {
            _open.Remove(packetId);
            new AckPacket(PacketType.PubAck, packetId).Write(output);
        }
        else
        {
            _open[packetId] = _open[packetId] with { State = InboundState.Received };
            new AckPacket(PacketType.PubRec, packetId).Write(output);
        }
    }
}

/// <summary>Gets the application's word on a received message: taken, or given back.</summary>
internal interface IAcknowledgementSink
{
    void Settle(InboundToken token, bool isTaken);
}

/// <summary>Names a received message of QoS 1 or 2 until it is acknowledged.</summary>
/// <param name="Serial">Its number among all messages received: the packet identifier alone may long mean another one.</param>
/// <param name="PacketId">The server's packet identifier; 0 for QoS 0.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InboundToken(long Serial, ushort PacketId)
{
    internal bool NeedsAcknowledgement => PacketId != 0;
}

/// <summary>How far the receipt of a message of QoS 1 or 2 has come.</summary>
internal enum InboundState
{
    /// <summary>Handed to the application, which has not acknowledged it.</summary>
    Delivered,

    /// <summary>Acknowledged by the application; its packet waits for the ones before it [MQTT-4.6.0-2] or for a connection.</summary>
    Acknowledged,

    /// <summary>Given back by the application: never acknowledged on this connection, so that the server sends it again.</summary>
    Rejected,

    /// <summary>QoS 2: PUBREC is sent, PUBREL is awaited.</summary>
    Received,
}

/// <summary>A received message of QoS 1 or 2 that is not finished, its number among all, and which connection it last came
/// over, and the digest of its topic and payload.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InboundEntry(long Serial, InboundState State, MqttQoS QoS, long Connection, long Digest);
