using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Client;

/// <summary>Filters nobody wants any more, until the server has confirmed that it knows. Called under the session's gate.</summary>
internal sealed class DepartedFilters
{
    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);
    private readonly TopicTrie<string> _matching = new();
    private readonly Dictionary<ushort, (string Filter, TaskCompletionSource Confirmed)> _requests = [];
    private readonly List<string> _matches = [];

    /// <summary>Whether a message was meant for a subscription that is ending: such ones may still come.</summary>
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

    internal Task RequestAsync(string filter, MqttSession session, Outbox outbox)
    {
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add(session.Unsubscribe([filter], outbox), (filter, confirmed));
        return confirmed.Task;
    }

    /// <summary>The same session on a new connection: what was not confirmed is said again.</summary>
    internal void RequestAll(MqttSession session, Outbox outbox)
    {
        foreach (var filter in _filters)
        {
            _ = RequestAsync(filter, session, outbox);
        }
    }

    internal void Answer(ushort packetId)
    {
        if (_requests.Remove(packetId, out var request))
        {
            Remove(request.Filter);
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
