using System.Buffers;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>Brings each received message to the subscriptions it matches. Never waits. Called under the session's gate.</summary>
internal sealed class MessageDispatcher(IMessageOwner owner, SubscriptionRegistry subscriptions, int maxUnclaimed)
{
    private readonly List<MqttSubscription> _matches = [];
    private readonly List<MqttMessage> _unclaimed = [];

    /// <summary>Messages that no subscription asked for and that were not kept.</summary>
    internal long Unclaimed { get; private set; }

    /// <summary>True while messages may come that a subscription yet to be made will ask for.</summary>
    internal bool KeepsUnclaimed { get; set; }

    internal void Dispatch(in PublishPacket packet, InboundToken token)
    {
        _matches.Clear();
        subscriptions.Match(packet.Topic, _matches);
        switch (_matches.Count)
        {
            case 0:
                Keep(ToMessage(packet, token, owner));
                break;
            case 1:
                Deliver(_matches[0], ToMessage(packet, token, owner));
                break;
            default:
                DeliverToAll(packet, token);
                break;
        }
    }

    /// <summary>Gives a new subscription what came before it was made.</summary>
    internal void Claim(MqttSubscription subscription)
    {
        for (var index = 0; index < _unclaimed.Count;)
        {
            _matches.Clear();
            subscriptions.Match(_unclaimed[index].Topic, _matches);
            if (_matches.Contains(subscription))
            {
                Deliver(subscription, _unclaimed[index]);
                _unclaimed.RemoveAt(index);
            }
            else
            {
                index++;
            }
        }
    }

    /// <summary>A new session: what the old one had brought cannot be acknowledged any more.</summary>
    internal void Restart() => _unclaimed.Clear();

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
        Payload = packet.Payload.ToArray(),
        QoS = packet.QoS,
        Retain = packet.Retain,
        Duplicate = packet.Duplicate,
        Owner = token.NeedsAcknowledgement ? owner : null,
        Token = token,
    };

    private void DeliverToAll(in PublishPacket packet, InboundToken token)
    {
        var message = ToMessage(packet, token, new SharedMessage(owner, _matches.Count));
        foreach (var subscription in _matches)
        {
            Deliver(subscription, message with { });
        }
    }

    private void Keep(MqttMessage message)
    {
        if (message.Owner is null || !KeepsUnclaimed || subscriptions.WasLeft(message.Topic))
        {
            Unclaimed++;
            message.Acknowledge();
        }
        else if (_unclaimed.Count < maxUnclaimed)
        {
            _unclaimed.Add(message);
        }
        else
        {
            Unclaimed++;
            message.Settle(isTaken: false);
        }
    }
}
