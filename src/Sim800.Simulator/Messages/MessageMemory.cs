namespace Sim800.Simulator.Messages;

/// <summary>One of the places that keep messages (27.005 3.1), such as the SIM. Places are counted from 1.</summary>
internal sealed class MessageMemory(string name, int capacity)
{
    private readonly SortedDictionary<int, StoredMessage> _messages = [];

    /// <summary>As AT+CPMS and +CMTI name it.</summary>
    internal string Name => name;

    internal int Capacity => capacity;

    internal int Count => _messages.Count;

    internal bool IsFull => Count == Capacity;

    internal IEnumerable<StoredMessage> All => _messages.Values;

    internal StoredMessage? Find(int place) => _messages.GetValueOrDefault(place);

    /// <summary>Into the first free place.</summary>
    /// <returns><c>null</c> when there is none.</returns>
    internal StoredMessage? Add(Tpdu tpdu, MessageStatus status)
    {
        if (IsFull)
        {
            return null;
        }

        var place = Enumerable.Range(1, Capacity).First(free => !_messages.ContainsKey(free));
        return _messages[place] = new StoredMessage(this, place, tpdu, status);
    }

    internal void Remove(StoredMessage message) => _messages.Remove(message.Place);
}

/// <summary>A message in its place.</summary>
internal sealed class StoredMessage(MessageMemory memory, int place, Tpdu tpdu, MessageStatus status)
{
    private static readonly string[] Names = ["REC UNREAD", "REC READ", "STO UNSENT", "STO SENT"];

    internal MessageMemory Memory => memory;

    internal int Place => place;

    internal Tpdu Tpdu => tpdu;

    internal MessageStatus Status { get; set; } = status;

    internal string StatusName => Names[(int)Status];

    internal bool IsReceived => Status is MessageStatus.Unread or MessageStatus.Read;

    internal static MessageStatus? StatusNamed(string name) =>
        Array.IndexOf(Names, name) is var at and >= 0 ? (MessageStatus)at : null;
}

/// <summary>&lt;stat&gt; of 27.005 3.1, in its numbers.</summary>
internal enum MessageStatus
{
    Unread,
    Read,
    Unsent,
    Sent,
}
