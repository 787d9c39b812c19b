using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Client;

/// <summary>Filters that no subscription has any more, until UNSUBACK. Belongs to the core's gate.</summary>
internal sealed class PendingUnsubscribes(MqttSession session, int maxFilters)
{
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private readonly TopicTrie<string> _matching = new();
    private readonly Dictionary<ushort, (string[] Filters, TaskCompletionSource Confirmed)> _requests = [];
    private readonly List<string> _matches = [];

    /// <summary>Whether a message was meant for a subscription that is ending: such messages may still come.</summary>
    internal bool Match(string topic)
    {
        _matches.Clear();
        _matching.Match(topic, _matches);
        return _matches.Count > 0;
    }

    internal void Add(string filter)
    {
        if (_filters.Add(filter))
        {
            _matching.Add(TopicFilter.Matched(filter), filter);
        }
    }

    internal void Remove(string filter)
    {
        if (_filters.Remove(filter))
        {
            _matching.Remove(TopicFilter.Matched(filter), filter);
        }
    }

    /// <summary>Writes UNSUBSCRIBE.</summary>
    /// <returns>Ends with UNSUBACK.</returns>
    internal Task RequestAsync(IReadOnlyCollection<string> filters, ConnectionWriter output)
    {
        var confirmations = new List<Task>();
        foreach (var chunk in filters.Chunk(maxFilters))
        {
            var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _requests.Add(session.Unsubscribe(chunk, output), (chunk, confirmed));
            confirmations.Add(confirmed.Task);
        }

        return confirmations.Count == 1 ? confirmations[0] : Task.WhenAll(confirmations);
    }

    /// <summary>The same session on a new connection: what was not confirmed is asked again.</summary>
    internal void RequestAll(ConnectionWriter output)
    {
        if (session.HasFreePacketId)
        {
            _ = RequestAsync(_filters, output);
        }
    }

    /// <summary>UNSUBACK.</summary>
    internal void Answer(ushort packetId)
    {
        if (_requests.Remove(packetId, out var request))
        {
            Array.ForEach(request.Filters, Remove);
            request.Confirmed.TrySetResult();
        }
    }

    /// <summary>A new session at the server, which knows none of them.</summary>
    internal void Restart()
    {
        foreach (var filter in _filters.ToArray())
        {
            Remove(filter);
        }
    }

    /// <summary>The connection is gone, and with it the answers to what was asked.</summary>
    internal void Disconnect(Exception reason)
    {
        foreach (var (_, confirmed) in _requests.Values)
        {
            confirmed.TrySetException(reason);
            _ = confirmed.Task.Exception;
        }

        _requests.Clear();
    }
}
