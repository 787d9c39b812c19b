using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Client;

/// <summary>Which filters the server has to be asked for, or rid of, and who gets a message. Called under the session's gate.</summary>
internal sealed class SubscriptionRegistry
{
    // Some hosted servers take no more in one SUBSCRIBE.
    private const int FiltersPerPacket = 8;

    private readonly Dictionary<string, FilterEntry> _filters = new(StringComparer.Ordinal);
    private readonly Dictionary<ushort, FilterEntry[]> _requests = [];
    private readonly TopicTrie<MqttSubscription> _handles = new();

    internal IEnumerable<MqttSubscription> Handles => _filters.Values.SelectMany(entry => entry.Handles);

    internal void Match(string topic, List<MqttSubscription> matches) => _handles.Match(topic, matches);

    internal void Add(MqttSubscription handle)
    {
        if (!_filters.TryGetValue(handle.Filter, out var entry))
        {
            _filters.Add(handle.Filter, entry = new FilterEntry(handle.Filter));
        }

        // Asked for again even when granted: so the new subscription gets the retained messages too.
        entry.State = FilterState.Wanted;
        entry.Handles.Add(handle);
        _handles.Add(TopicFilter.Matched(handle.Filter), handle);
    }

    /// <returns><c>true</c> when nobody wants the filter any more.</returns>
    internal bool Remove(MqttSubscription handle)
    {
        if (!_filters.TryGetValue(handle.Filter, out var entry) || !entry.Handles.Remove(handle))
        {
            return false;
        }

        _handles.Remove(TopicFilter.Matched(handle.Filter), handle);
        return entry.Handles.Count == 0 && _filters.Remove(handle.Filter);
    }

    /// <summary>A new session at the server: it has to be asked for everything.</summary>
    internal void Restart()
    {
        foreach (var entry in _filters.Values)
        {
            entry.State = FilterState.Wanted;
        }
    }

    /// <summary>The connection is gone, and with it the answers to what was asked.</summary>
    internal void Disconnect()
    {
        _requests.Clear();
        foreach (var entry in _filters.Values.Where(entry => entry.State == FilterState.Requested))
        {
            entry.State = FilterState.Wanted;
        }
    }

    /// <summary>Asks the server for all it has to be asked for.</summary>
    internal void Request(MqttSession session, Outbox outbox)
    {
        foreach (var entries in _filters.Values.Where(entry => entry.State == FilterState.Wanted).Chunk(FiltersPerPacket))
        {
            var packetId = session.Subscribe([.. entries.Select(entry => new TopicRequest(entry.Filter, entry.QoS))], outbox);
            _requests.Add(packetId, entries);
            Array.ForEach(entries, entry => entry.State = FilterState.Requested);
        }
    }

    /// <summary>Takes the server's answer: whoever waits hears of it, and a refused subscription ends.</summary>
    /// <returns>The filters that were refused.</returns>
    internal IReadOnlyList<string> Answer(ushort packetId, ReadOnlySpan<byte> returnCodes)
    {
        var refused = new List<string>();
        if (_requests.Remove(packetId, out var entries))
        {
            for (var index = 0; index < entries.Length; index++)
            {
                Answer(entries[index], returnCodes[index], refused);
            }
        }

        return refused;
    }

    private void Answer(FilterEntry entry, byte returnCode, List<string> refused)
    {
        if (returnCode == SubAckPacket.Failure)
        {
            refused.Add(entry.Filter);
            Refuse(entry);
            return;
        }

        if (entry.State == FilterState.Requested)
        {
            entry.State = FilterState.Granted;
        }

        foreach (var handle in entry.Handles)
        {
            handle.GrantedQoS = (MqttQoS)returnCode;
            handle.Granted.TrySetResult((MqttQoS)returnCode);
        }
    }

    private void Refuse(FilterEntry entry)
    {
        var reason = new MqttSubscribeRefusedException(entry.Filter);
        foreach (var handle in entry.Handles.ToArray())
        {
            Remove(handle);
            handle.Fail(reason);
        }
    }
}
