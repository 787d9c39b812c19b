namespace Sim800.Mqtt.Topics;

/// <summary>
/// Finds which filters a topic matches (MQTT 3.1.1 §4.7) in time that depends on the depth of the topic and hardly on the
/// number of filters. Matching allocates nothing.
/// </summary>
internal sealed class TopicTrie<T>
    where T : class
{
    private readonly TopicTrieNode<T> _root = new(string.Empty);

    internal void Add(string filter, T value)
    {
        var node = _root;
        foreach (var level in filter.Split(TopicFilter.Separator))
        {
            node = node.GetOrAdd(level);
        }

        node.Values.Add(value);
    }

    internal void Remove(string filter, T value) => Remove(_root, filter.AsSpan(), value);

    /// <summary>Adds to <paramref name="matches"/> the values of every filter that <paramref name="topic"/> matches.</summary>
    internal void Match(string topic, List<T> matches) => Match(_root, topic.AsSpan(), matches, isFirst: true);

    private static bool Remove(TopicTrieNode<T> node, ReadOnlySpan<char> filter, T value)
    {
        var end = filter.IndexOf(TopicFilter.Separator);
        var level = end < 0 ? filter : filter[..end];
        if (node.Find(level) is not { } child)
        {
            return false;
        }

        var isGone = end < 0 ? child.Values.Remove(value) : Remove(child, filter[(end + 1)..], value);
        if (isGone && child.IsEmpty)
        {
            node.Remove(child);
        }

        return isGone;
    }

    private static void Match(TopicTrieNode<T> node, ReadOnlySpan<char> topic, List<T> matches, bool isFirst)
    {
        // A filter that starts with a wildcard does not match a topic that starts with '$' [MQTT-4.7.2-1].
        var wildcards = !(isFirst && topic is ['$', ..]);
        if (wildcards && node.Find(TopicFilter.MultiLevel) is { } all)
        {
            matches.AddRange(all.Values);
        }

        var end = topic.IndexOf(TopicFilter.Separator);
        var level = end < 0 ? topic : topic[..end];
        Descend(node.Find(level), topic, end, matches);
        if (wildcards)
        {
            Descend(node.Find(TopicFilter.SingleLevel), topic, end, matches);
        }
    }

    private static void Descend(TopicTrieNode<T>? child, ReadOnlySpan<char> topic, int end, List<T> matches)
    {
        if (child is null)
        {
            return;
        }

        if (end >= 0)
        {
            Match(child, topic[(end + 1)..], matches, isFirst: false);
            return;
        }

        matches.AddRange(child.Values);

        // "sport/#" matches "sport" too: '#' includes the parent level (§4.7.1.2).
        if (child.Find(TopicFilter.MultiLevel) is { } all)
        {
            matches.AddRange(all.Values);
        }
    }
}
