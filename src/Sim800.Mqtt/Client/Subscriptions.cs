using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>The client's subscriptions over all its connections: made, made again, ended, and supplied with messages. Belongs to the
/// core's gate.</summary>
internal sealed class Subscriptions(IAcknowledgementSink sink, MqttSession session, MqttClientOptions options, ILogger log)
{
    private readonly SubscribedFilters _filters = new(session, options);
    private readonly PendingUnsubscribes _pending = new(session, options.MaxFiltersPerPacket);
    private readonly UnclaimedMessages _unclaimed = new(options.MaxUnclaimedMessages);
    private readonly List<MqttSubscription> _matches = [];
    private readonly List<MqttSubscription> _catchAlls = [];
    private bool _keepsUnclaimed;
    private bool _hasWarnedOfUnmatched;
    private long _unmatched;

    /// <summary>How many messages fitted no subscription.</summary>
    internal long Unmatched => Interlocked.Read(ref _unmatched);

    internal bool HasUnclaimed => !_unclaimed.IsEmpty;

    /// <summary>Adds a subscription and gives it what came before it was made.</summary>
    internal void Add(MqttSubscription subscription)
    {
        foreach (var (filter, _) in subscription.Requested)
        {
            _pending.Remove(filter);
        }

        _filters.Add(subscription);
        if (subscription.TakesUnmatched)
        {
            _catchAlls.Add(subscription);
        }

        _unclaimed.Claim(subscription, IsMatch);
    }

    /// <summary>CONNECT is written: with a clean session, SUBSCRIBE may follow it at once.</summary>
    internal void Connect(ConnectionWriter output)
    {
        _hasWarnedOfUnmatched = false;
        if (options.CleanSession)
        {
            Restart();
            if (options.SendBeforeConnAck)
            {
                Request(output);
            }
        }
    }

    /// <summary>Asks the server for what it has to be asked for. Where no packet identifier is free, that waits for one.</summary>
    internal void Request(ConnectionWriter output) => _filters.Request(output);

    /// <summary>Packet identifiers may have become free.</summary>
    internal void RequestDeferred(ConnectionWriter output)
    {
        if (_filters.HasDeferred)
        {
            _filters.Request(output);
        }
    }

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="unsubscribe">Whether the server is told.</param>
    /// <param name="output">The connection; null when there is none.</param>
    /// <param name="isKept">Whether the server keeps the subscription, and with it what was not taken.</param>
    /// <returns>Ends with UNSUBACK, at once where there is none to wait for.</returns>
    internal Task RemoveAsync(MqttSubscription subscription, bool unsubscribe, ConnectionWriter? output, out bool isKept)
    {
        subscription.Leave();
        _catchAlls.Remove(subscription);
        var gone = _filters.Remove(subscription);
        isKept = gone.Count > 0 && !unsubscribe && !options.CleanSession;
        return unsubscribe && gone.Count > 0 ? UnsubscribeAsync([.. gone.Select(filter => filter.Filter)], output) : Task.CompletedTask;
    }

    internal void OnSubAck(in SessionEvent happened, ConnectionWriter output)
    {
        foreach (var refused in _filters.Answer(happened.PacketId, happened.ReturnCodes.Span))
        {
            Refuse(refused, output);
        }
    }

    internal void OnUnsubAck(ushort packetId) => _pending.Answer(packetId);

    /// <summary>A new session: the server knows no filter, and what the old one had brought cannot be acknowledged any more.</summary>
    internal void Restart()
    {
        _filters.Restart();
        _pending.Restart();
        _unclaimed.Clear();
        _keepsUnclaimed = false;
    }

    /// <summary>The server goes on with its session, and may send what no subscription of this run asked for yet.</summary>
    internal void Resume(ConnectionWriter output)
    {
        _keepsUnclaimed = true;
        _pending.RequestAll(output);
    }

    internal void Disconnect(Exception reason)
    {
        _filters.Disconnect();
        _pending.Disconnect(reason);
    }

    internal void Close(MqttClosedException closed)
    {
        _pending.Disconnect(closed);
        foreach (var subscription in _filters.Subscriptions)
        {
            subscription.Close(closed);
        }
    }

    /// <summary>Brings a message to every subscription it matches, once to each. Never waits.</summary>
    internal void Dispatch(in PublishPacket packet, InboundToken token)
    {
        Match(packet.Topic);
        switch (_matches.Count)
        {
            case 0:
                Keep(packet.ToMessage(token, sink));
                break;
            case 1:
                Deliver(_matches[0], packet.ToMessage(token, sink));
                break;
            default:
                DeliverToAll(_matches, packet.ToMessage(token, sink));
                break;
        }
    }

    /// <summary>No subscription has asked for them in time: they are acknowledged, or they would block what comes after them.</summary>
    internal void GiveUpUnclaimed()
    {
        _keepsUnclaimed = false;
        var messages = _unclaimed.TakeAll();
        Log.UnclaimedGivenUp(log, messages.Length);
        Array.ForEach(messages, message => GiveUp(message));
    }

    /// <summary>The application has acknowledged nothing for long.</summary>
    internal void WarnOfHeldBack() => Log.HeldBack(log, session.HeldBack, options.HeldBackWarning.TotalSeconds);

    private static void Deliver(MqttSubscription subscription, in MqttMessage message)
    {
        if (!subscription.TryDeliver(message))
        {
            message.Settle(isTaken: false);
        }
    }

    private static void DeliverToAll(List<MqttSubscription> subscriptions, in MqttMessage message)
    {
        var shared = message.Sink is null ? null : new SharedAcknowledgement(message.Sink, subscriptions.Count);
        foreach (var subscription in subscriptions)
        {
            Deliver(subscription, message with { Sink = shared?.Share() });
        }
    }

    private void Keep(in MqttMessage message)
    {
        if (_pending.Match(message.Topic))
        {
            message.Acknowledge();
        }
        else if (message.Sink is null || !_keepsUnclaimed)
        {
            GiveUp(message);
        }
        else if (!_unclaimed.TryAdd(message))
        {
            message.Settle(isTaken: false);
        }
    }

    /// <summary>A message that fits no subscription: acknowledged, or it would block what comes after it, and never without a word.</summary>
    private void GiveUp(in MqttMessage message)
    {
        Interlocked.Increment(ref _unmatched);
        if (!_hasWarnedOfUnmatched)
        {
            _hasWarnedOfUnmatched = true;
            Log.Unmatched(log, MqttProtocolException.Shown(message.Topic), message.QoS);
        }

        if (_catchAlls.Count == 0)
        {
            message.Acknowledge();
        }
        else
        {
            DeliverToAll(_catchAlls, message);
        }
    }

    /// <summary>Has the server forget filters.</summary>
    /// <returns>Ends with UNSUBACK, at once without a connection.</returns>
    internal Task UnsubscribeAsync(IReadOnlyCollection<string> filters, ConnectionWriter? output)
    {
        foreach (var filter in filters)
        {
            _pending.Add(filter);
        }

        if (session.Phase != ConnectionPhase.Connected || output is null)
        {
            return Task.CompletedTask;
        }

        return session.HasFreePacketId
            ? _pending.RequestAsync(filters, output)
            : Task.FromException(new MqttPacketIdsExhaustedException());
    }

    /// <summary>A subscription is whole or ended: the server forgets the filters that it has granted.</summary>
    private void Refuse(MqttSubscription subscription, ConnectionWriter output)
    {
        string[] refused =
            [.. subscription.Wanted.Where(filter => filter.State == FilterState.Refused).Select(filter => filter.Filter)];
        Log.SubscriptionRefused(log, string.Join(", ", refused));
        _catchAlls.Remove(subscription);
        var granted = _filters.Remove(subscription).Where(filter => filter.State == FilterState.Granted).Select(filter => filter.Filter).ToArray();
        if (granted.Length > 0)
        {
            _ = UnsubscribeAsync(granted, output);
        }

        subscription.Fail(new MqttSubscribeRefusedException(refused));
    }

    private bool IsMatch(MqttSubscription subscription, string topic)
    {
        Match(topic);
        return _matches.Contains(subscription);
    }

    /// <summary>Fills the list of matches, each subscription once, whichever of its filters match.</summary>
    private void Match(string topic)
    {
        _matches.Clear();
        _filters.Match(topic, _matches);
        if (_matches.Count < 2)
        {
            return;
        }

        var count = 0;
        for (var index = 0; index < _matches.Count; index++)
        {
            var subscription = _matches[index];
            if (!subscription.IsMatched)
            {
                subscription.IsMatched = true;
                _matches[count++] = subscription;
            }
        }

        _matches.RemoveRange(count, _matches.Count - count);
        _matches.ForEach(static subscription => subscription.IsMatched = false);
    }
}
