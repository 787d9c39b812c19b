namespace Sim800.Mqtt.Client;

/// <summary>Messages of a stored session that came before the subscription they were meant for was made in this run.</summary>
internal sealed class UnclaimedMessages(int capacity)
{
    private readonly List<MqttMessage> _messages = [];

    internal bool IsEmpty => _messages.Count == 0;

    /// <returns><c>false</c> when it is full.</returns>
    internal bool TryAdd(in MqttMessage message)
    {
        if (_messages.Count == capacity)
        {
            return false;
        }

        _messages.Add(message);
        return true;
    }

    /// <summary>Hands over, in order, what <paramref name="subscription"/> asks for.</summary>
    internal void Claim(MqttSubscription subscription, Func<MqttSubscription, string, bool> isMatch) =>
        _messages.RemoveAll(message => isMatch(subscription, message.Topic) && subscription.TryDeliver(message));

    /// <summary>Forgets them without a word to the server, whose session has ended.</summary>
    internal void Clear() => _messages.Clear();

    /// <summary>Gives them up, in order.</summary>
    internal MqttMessage[] TakeAll()
    {
        var messages = _messages.ToArray();
        _messages.Clear();
        return messages;
    }
}
