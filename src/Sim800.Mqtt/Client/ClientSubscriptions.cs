using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>The client's subscriptions over all its connections: made, made again, ended, and supplied with messages. Called
/// under the session's gate.</summary>
internal sealed class ClientSubscriptions(IMessageOwner owner, MqttSession session, MqttClientOptions options, ILogger log)
{
    private readonly SubscriptionRegistry _registry = new();
    private readonly DepartedFilters _departed = new();
    private readonly UnclaimedMessages _unclaimed = new(options.MaxUnclaimedMessages);
    private readonly List<MqttSubscription> _matches = [];
    private bool _keepsUnclaimed;

    internal bool HasUnclaimed => !_unclaimed.IsEmpty;

    /// <summary>Adds a subscription and gives it what came before it was made.</summary>
    internal void Add(MqttSubscription subscription)
    {
        _departed.Remove(subscription.Filter);
        _registry.Add(subscription);
        _unclaimed.Claim(subscription, IsMatch);
    }

    /// <summary>CONNECT is written: with a clean session, SUBSCRIBE may follow it at once.</summary>
    internal void Connect(Outbox outbox)
    {
        if (options.CleanSession)
        {
            Restart();
            Request(outbox, mayWrite: options.SendBeforeConnAck);
        }
    }

    /// <summary>Asks the server for what it has to be asked for, if that may be written now.</summary>
    internal void Request(Outbox outbox, bool mayWrite)
    {
        if (mayWrite)
        {
            _registry.Request(session, outbox);
        }
    }

    /// <summary>Ends a subscription. <paramref name="isKept"/> tells whether the server keeps it, and with it what was not taken.</summary>
    /// <returns>Ends when the server has confirmed it, at once where there is nothing to confirm.</returns>
    internal Task LeaveAsync(MqttSubscription subscription, bool unsubscribe, Outbox outbox, out bool isKept)
    {
        subscription.Leave();
        var isLast = _registry.Remove(subscription);
        isKept = isLast && !unsubscribe && !options.CleanSession;
        if (!isLast || !unsubscribe)
        {
            return Task.CompletedTask;
        }

        _departed.Add(subscription.Filter);
        return session.Phase == ConnectionPhase.Connected
            ? _departed.RequestAsync(subscription.Filter, session, outbox)
            : Task.CompletedTask;
    }

    internal void OnSubAck(in SessionEvent happened)
    {
        foreach (var filter in _registry.Answer(happened.PacketId, happened.ReturnCodes.Span))
        {
            Log.SubscriptionRefused(log, filter);
        }
    }

    internal void OnUnsubAck(ushort packetId) => _departed.Answer(packetId);

    /// <summary>A new session: the server knows no filter, and what the old one had brought cannot be acknowledged any more.</summary>
    internal void Restart()
    {
        _registry.Restart();
        _departed.Restart();
        _unclaimed.Clear();
        _keepsUnclaimed = false;
    }

    /// <summary>The server goes on with its session, and may send what no subscription of this run asked for yet.</summary>
    internal void Resume(Outbox outbox)
    {
        _keepsUnclaimed = true;
        _departed.RequestAll(session, outbox);
    }

    internal void Disconnect(Exception reason)
    {
        _registry.Disconnect();
        _departed.Disconnect(reason);
    }

    internal void Close(MqttClosedException closed)
    {
        _departed.Disconnect(closed);
        foreach (var handle in _registry.Handles)
        {
            handle.Close(closed);
        }
    }

    /// <summary>Brings a message to every subscription it matches. Never waits.</summary>
    internal void Dispatch(in PublishPacket packet, InboundToken token)
    {
        _matches.Clear();
        _registry.Match(packet.Topic, _matches);
        switch (_matches.Count)
        {
            case 0:
                Keep(ToMessage(packet, token, owner));
                break;
            case 1:
                Deliver(_matches[0], ToMessage(packet, token, owner));
                break;
            default:
                DeliverToAll(ToMessage(packet, token, new SharedMessage(owner, _matches.Count)));
                break;
        }
    }

    /// <summary>Nobody has asked for them in time: they are acknowledged, or they would block what comes after them.</summary>
    internal void GiveUpUnclaimed()
    {
        _keepsUnclaimed = false;
        Log.UnclaimedGivenUp(log, _unclaimed.GiveUp());
    }

    /// <summary>The application has acknowledged nothing for long.</summary>
    internal void WarnOfHeldBack() => Log.HeldBack(log, session.HeldBack, options.HeldBackWarning.TotalSeconds);

    private static void Deliver(MqttSubscription subscription, MqttMessage message)
    {
        if (!subscription.TryDeliver(message))
        {
            message.Settle(isTaken: false);
        }
    }

    private static MqttMessage ToMessage(in PublishPacket packet, InboundToken token, IMessageOwner owner) => new()
    {
        Topic = packet.Topic,
        Payload = packet.CopyPayload(),
        QoS = packet.QoS,
        Retain = packet.Retain,
        Duplicate = packet.Duplicate,
        Owner = token.NeedsAcknowledgement ? owner : null,
        Token = token,
    };

    private void DeliverToAll(MqttMessage message)
    {
        foreach (var subscription in _matches)
        {
            Deliver(subscription, message with { });
        }
    }

    private void Keep(MqttMessage message)
    {
        if (message.Owner is null || !_keepsUnclaimed || _departed.Match(message.Topic))
        {
            message.Acknowledge();
        }
        else if (!_unclaimed.TryAdd(message))
        {
            message.Settle(isTaken: false);
        }
    }

    private bool IsMatch(MqttSubscription subscription, string topic)
    {
        _matches.Clear();
        _registry.Match(topic, _matches);
        return _matches.Contains(subscription);
    }
}
