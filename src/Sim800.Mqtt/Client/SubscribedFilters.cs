using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Client;

/// <summary>The filters of all subscriptions: which the server has to be asked for, and what it answered. Belongs to the core's gate.</summary>
internal sealed class SubscribedFilters(MqttSession session, MqttClientOptions options)
{
    private readonly Dictionary<string, SubscribedFilter> _filters = new(StringComparer.Ordinal);
    private readonly Dictionary<ushort, SubscribedFilter[]> _requests = [];
    private readonly TopicTrie<MqttSubscription> _subscriptions = new();

    internal IEnumerable<MqttSubscription> Subscriptions =>
        _filters.Values.SelectMany(filter => filter.Subscriptions, (_, entry) => entry.Subscription).Distinct();

    /// <summary>Whether a request waits for a packet identifier.</summary>
    internal bool HasDeferred { get; private set; }

    internal void Match(string topic, List<MqttSubscription> matches) => _subscriptions.Match(topic, matches);

    internal void Add(MqttSubscription subscription)
    {
        subscription.Wanted = Array.ConvertAll(subscription.Requested, wanted => Add(subscription, wanted));
        foreach (var filter in subscription.Topics)
        {
            _subscriptions.Add(filter, subscription);
        }
    }

    /// <returns>The filters that no subscription has any more.</returns>
    internal IReadOnlyList<SubscribedFilter> Remove(MqttSubscription subscription)
    {
        var gone = new List<SubscribedFilter>();
        foreach (var filter in subscription.Topics)
        {
            _subscriptions.Remove(filter, subscription);
        }

        foreach (var filter in subscription.Wanted)
        {
            if (filter.Subscriptions.RemoveAll(entry => ReferenceEquals(entry.Subscription, subscription)) == 0)
            {
                continue;
            }

            if (filter.Subscriptions.Count == 0)
            {
                _filters.Remove(filter.Filter);
                gone.Add(filter);
            }
        }

        return gone;
    }

    /// <summary>A new session at the server: it has to be asked for everything.</summary>
    internal void Restart()
    {
        foreach (var filter in _filters.Values)
        {
            filter.State = FilterState.Wanted;
        }
    }

    /// <summary>The connection is gone, and with it the answers to what was asked.</summary>
    internal void Disconnect()
    {
        _requests.Clear();
        foreach (var filter in _filters.Values.Where(filter => filter.State is not FilterState.Granted))
        {
            filter.State = FilterState.Wanted;
        }
    }

    /// <summary>Asks the server for all it has to be asked for, in as few packets as the options allow.</summary>
    internal void Request(ConnectionWriter output)
    {
        HasDeferred = false;
        var chunk = new List<SubscribedFilter>();
        var room = options.MaxPacketSize;
        foreach (var filter in _filters.Values.Where(filter => filter.State == FilterState.Wanted))
        {
            var size = WireText.SizeOf(filter.Filter) + 1;
            if (chunk.Count == options.MaxFiltersPerPacket || (chunk.Count > 0 && size > room - RequestOverhead))
            {
                Send(chunk, output);
                (chunk, room) = ([], options.MaxPacketSize);
            }

            chunk.Add(filter);
            room -= size;
        }

        if (chunk.Count > 0)
        {
            Send(chunk, output);
        }
    }

    /// <summary>SUBACK: subscriptions whose filters are all granted begin.</summary>
    /// <returns>The subscriptions of which a filter was refused, once all their filters are answered.</returns>
    internal IReadOnlyList<MqttSubscription> Answer(ushort packetId, ReadOnlySpan<byte> returnCodes)
    {
        if (!_requests.Remove(packetId, out var filters))
        {
            return [];
        }

        for (var index = 0; index < filters.Length; index++)
        {
            var isRefused = returnCodes[index] == SubAckPacket.Failure;
            filters[index].State = isRefused ? FilterState.Refused : FilterState.Granted;
            filters[index].GrantedQoS = isRefused ? default : (MqttQoS)returnCodes[index];
        }

        var answered = filters
            .SelectMany(filter => filter.Subscriptions, (_, entry) => entry.Subscription)
            .Distinct()
            .Where(subscription => Array.TrueForAll(subscription.Wanted, filter => filter.IsAnswered))
            .ToLookup(subscription => Array.Exists(subscription.Wanted, filter => filter.State == FilterState.Refused));
        foreach (var subscription in answered[false])
        {
            subscription.Grant();
        }

        return [.. answered[true]];
    }

    /// <summary>Fixed header and packet identifier (MQTT 3.1.1 §3.8.1, §3.8.2).</summary>
    private const int RequestOverhead = 1 + RemainingLength.MaxBytes + sizeof(ushort);

    private SubscribedFilter Add(MqttSubscription subscription, MqttTopicFilter wanted)
    {
        if (!_filters.TryGetValue(wanted.Filter, out var filter))
        {
            _filters.Add(wanted.Filter, filter = new SubscribedFilter(wanted.Filter));
        }

        // Asked for again even when granted: so the new subscription gets the retained messages too.
        filter.State = FilterState.Wanted;
        filter.Subscriptions.Add((subscription, wanted.QoS));
        return filter;
    }

    private void Send(List<SubscribedFilter> chunk, ConnectionWriter output)
    {
        if (!session.HasFreePacketId)
        {
            HasDeferred = true;
            return;
        }

        _requests.Add(session.Subscribe(chunk.ConvertAll(filter => filter.Wanted), output), [.. chunk]);
        chunk.ForEach(filter => filter.State = FilterState.Requested);
    }
}

/// <summary>What the server knows of a topic filter.</summary>
internal enum FilterState
{
    /// <summary>Nothing: SUBSCRIBE has to be sent.</summary>
    Wanted,

    /// <summary>SUBSCRIBE is sent.</summary>
    Requested,

    /// <summary>SUBACK has granted it.</summary>
    Granted,

    /// <summary>SUBACK has refused it.</summary>
    Refused,
}

/// <summary>A topic filter and the subscriptions that have it: to the server they are one.</summary>
internal sealed class SubscribedFilter(string filter)
{
    internal string Filter { get; } = filter;

    internal List<(MqttSubscription Subscription, MqttQoS QoS)> Subscriptions { get; } = [];

    internal FilterState State { get; set; }

    internal MqttQoS GrantedQoS { get; set; }

    internal MqttTopicFilter Wanted => new(Filter, Subscriptions.Max(entry => entry.QoS));

    internal bool IsAnswered => State is FilterState.Granted or FilterState.Refused;
}
