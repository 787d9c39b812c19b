using Sim800.Simulator.Broker.Codec;

namespace Sim800.Simulator.Broker.Sessions;

/// <summary>The state kept for one client identifier, across connections when it asked for that (MQTT 3.1.1 §4.1).</summary>
internal sealed class Session(string clientId, bool isClean, SessionLimits limits)
{
    private readonly List<Outgoing> _inFlight = [];
    private readonly Queue<Application> _waiting = [];
    private readonly HashSet<ushort> _received = [];
    private ushort _lastId;

    internal string ClientId => clientId;

    internal bool IsClean => isClean;

    internal Dictionary<string, int> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Where packets to the client go; <c>null</c> while it is away.</summary>
    internal Outbox? Outbox { get; private set; }

    /// <summary>Binds the session to a connection and repeats what was open, in its old order (§4.4).</summary>
    internal void Attach(Outbox outbox)
    {
        Outbox = outbox;
        foreach (var open in _inFlight)
        {
            if (open.Received)
            {
                PacketWriter.Ack(outbox, PacketType.PubRel, open.PacketId);
            }
            else
            {
                PacketWriter.Publish(outbox, open.Message, open.PacketId, duplicate: !limits.OmitsDuplicateFlag);
            }
        }

        SendWaiting();
    }

    internal void Detach() => Outbox = null;

    /// <summary>The same state without a connection, of which later changes of this one are no part.</summary>
    internal Session Copy()
    {
        var copy = new Session(clientId, isClean, limits) { _lastId = _lastId };
        copy._inFlight.AddRange(_inFlight);
        foreach (var message in _waiting)
        {
            copy._waiting.Enqueue(message);
        }

        copy._received.UnionWith(_received);
        foreach (var (filter, qos) in Subscriptions)
        {
            copy.Subscriptions[filter] = qos;
        }

        return copy;
    }

    /// <summary>Sends now, or keeps for later what may be kept: QoS 0 is not (§4.3.1).</summary>
    /// <returns><c>false</c> when the message was dropped.</returns>
    internal bool Deliver(Application message)
    {
        if (message.QoS == 0)
        {
            return DeliverAtMostOnce(message);
        }

        if (_waiting.Count >= limits.MaxQueued)
        {
            return false;
        }

        _waiting.Enqueue(message);
        SendWaiting();
        return true;
    }

    /// <summary>Whether this QoS 2 message is new, and not one repeated before its PUBREL (§4.3.3).</summary>
    internal bool IsNew(ushort id) => _received.Add(id);

    internal void Release(ushort id) => _received.Remove(id);

    /// <summary>PUBACK at QoS 1 or PUBCOMP at QoS 2; an identifier that is not open is left alone.</summary>
    internal void Complete(ushort id, int qos)
    {
        var index = _inFlight.FindIndex(open => open.PacketId == id && open.Message.QoS == qos && open.Received == (qos == 2));
        if (index >= 0)
        {
            _inFlight.RemoveAt(index);
            SendWaiting();
        }
    }

    /// <summary>PUBREC: the message has arrived and is not sent again.</summary>
    internal void MarkReceived(ushort id)
    {
        var index = _inFlight.FindIndex(open => open.PacketId == id && open.Message.QoS == 2);
        if (index >= 0)
        {
            _inFlight[index] = _inFlight[index] with { Received = true };
        }
    }

    private bool DeliverAtMostOnce(Application message)
    {
        if (Outbox is null or { IsCompleted: true } || Outbox.Length > limits.MaxOutboxBytes)
        {
            return false;
        }

        PacketWriter.Publish(Outbox, message, 0, duplicate: false);
        return true;
    }

    private void SendWaiting()
    {
        while (Outbox is { IsCompleted: false } && _inFlight.Count < limits.MaxInFlight && _waiting.TryDequeue(out var message))
        {
            var open = new Outgoing(NextId(), message, Received: false);
            _inFlight.Add(open);
            PacketWriter.Publish(Outbox, message, open.PacketId, duplicate: false);
        }
    }

    private ushort NextId()
    {
        do
        {
            _lastId = _lastId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (_inFlight.Exists(open => open.PacketId == _lastId));
        return _lastId;
    }
}

/// <summary>A QoS 1 or 2 message sent and not yet acknowledged to the end.</summary>
/// <param name="PacketId">The packet identifier it travels under.</param>
/// <param name="Message">The message.</param>
/// <param name="Received">PUBREC has come: from now on PUBREL is what is repeated (MQTT 3.1.1 §4.3.3).</param>
internal readonly record struct Outgoing(ushort PacketId, Application Message, bool Received);

/// <summary>What one client can make the broker keep.</summary>
/// <param name="MaxInFlight">QoS 1 and 2 messages sent and not yet acknowledged.</param>
/// <param name="MaxQueued">QoS 1 and 2 messages waiting for the window or for the client to come back.</param>
/// <param name="MaxSubscriptions">Topic filters.</param>
/// <param name="OmitsDuplicateFlag">Repetitions look like new messages.</param>
/// <param name="MaxOutboxBytes">Unwritten bytes above which QoS 0 messages are dropped.</param>
internal sealed record SessionLimits(
    int MaxInFlight = 20, int MaxQueued = 10_000, int MaxSubscriptions = 10_000, bool OmitsDuplicateFlag = false, int MaxOutboxBytes = 8 * 1024 * 1024);
