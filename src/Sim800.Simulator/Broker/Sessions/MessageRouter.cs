using Sim800.Simulator.Broker.Codec;

namespace Sim800.Simulator.Broker.Sessions;

/// <summary>All sessions and all retained messages, and the way from a publisher to the subscribers. Guarded by its owner's lock.</summary>
internal sealed class MessageRouter(SessionLimits limits)
{
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Application> _retained = new(StringComparer.Ordinal);

    /// <summary>What a broker with a store on disk finds there after a restart: retained messages, and sessions that are not clean.</summary>
    internal MessageRouter(SessionLimits limits, MessageRouter stored)
        : this(limits)
    {
        foreach (var session in stored._sessions.Values.Where(session => !session.IsClean))
        {
            _sessions.Add(session.ClientId, session.Copy());
        }

        foreach (var (topic, message) in stored._retained)
        {
            _retained.Add(topic, message);
        }

        (Delivered, Dropped) = (stored.Delivered, stored.Dropped);
    }

    internal long Delivered { get; private set; }

    internal long Dropped { get; private set; }

    internal bool IsPresent(string clientId, bool clean) => !clean && _sessions.TryGetValue(clientId, out var old) && !old.IsClean;

    /// <summary>
    /// The session for a client that connects: the kept one or a new one. Another connection with the same identifier
    /// is closed (MQTT 3.1.1 §3.1.4-2).
    /// </summary>
    internal Session Open(string clientId, bool clean)
    {
        _sessions.TryGetValue(clientId, out var old);
        old?.Outbox?.Complete();
        old?.Detach();
        var session = old is { IsClean: false } && !clean ? old : new Session(clientId, clean, limits);
        _sessions[clientId] = session;
        return session;
    }

    /// <summary>The connection is gone: a clean session with it, a persistent one waits.</summary>
    internal void Close(Session session, Outbox outbox)
    {
        if (session.Outbox != outbox)
        {
            return; // another connection has taken the session over
        }

        session.Detach();
        if (session.IsClean)
        {
            _sessions.Remove(session.ClientId);
        }
    }

    internal void Publish(Application message)
    {
        if (message.Retain)
        {
            Retain(message);
        }

        foreach (var session in _sessions.Values)
        {
            if (GrantedFor(session, message.Topic) is { } granted)
            {
                Deliver(session, message with { QoS = Math.Min(message.QoS, granted), Retain = false });
            }
        }
    }

    /// <summary>Adds or replaces a subscription; <c>0x80</c> refuses it (§3.9.3).</summary>
    internal byte Subscribe(Session session, string filter, int qos)
    {
        if (!TopicFilter.IsValid(filter)
            || (session.Subscriptions.Count >= limits.MaxSubscriptions && !session.Subscriptions.ContainsKey(filter)))
        {
            return 0x80;
        }

        session.Subscriptions[filter] = qos;
        return (byte)qos;
    }

    /// <summary>The retained messages a subscription starts with, marked as such (§3.8.4, §3.3.1.3).</summary>
    internal void DeliverRetained(Session session, string filter, int qos)
    {
        foreach (var message in _retained.Values.Where(message => TopicFilter.Matches(filter, message.Topic)))
        {
            Deliver(session, message with { QoS = Math.Min(message.QoS, qos) });
        }
    }

    private static int? GrantedFor(Session session, string topic)
    {
        int? granted = null;
        foreach (var (filter, qos) in session.Subscriptions)
        {
            if ((granted is null || qos > granted) && TopicFilter.Matches(filter, topic))
            {
                granted = qos; // overlapping filters: one copy, at the highest QoS (§3.3.5)
            }
        }

        return granted;
    }

    private void Retain(Application message)
    {
        if (message.Payload.IsEmpty)
        {
            _retained.Remove(message.Topic);
        }
        else
        {
            _retained[message.Topic] = message;
        }
    }

    private void Deliver(Session session, Application message)
    {
        if (session.Deliver(message))
        {
            Delivered++;
        }
        else
        {
            Dropped++;
        }
    }
}
