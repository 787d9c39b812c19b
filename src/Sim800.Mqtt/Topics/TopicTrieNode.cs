namespace Sim800.Mqtt.Topics;

/// <summary>One level of a <see cref="TopicTrie{T}"/>; children are sorted, so that a span finds its child without becoming a string.</summary>
internal sealed class TopicTrieNode<T>(string level)
    where T : class
{
    private readonly List<TopicTrieNode<T>> _children = [];

    internal List<T> Values { get; } = [];

    internal bool IsEmpty => Values.Count == 0 && _children.Count == 0;

    internal TopicTrieNode<T>? Find(ReadOnlySpan<char> name)
    {
        var index = IndexOf(name);
        return index >= 0 ? _children[index] : null;
    }

    internal TopicTrieNode<T> GetOrAdd(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            index = ~index;
            _children.Insert(index, new TopicTrieNode<T>(name));
        }

        return _children[index];
    }

    internal void Remove(TopicTrieNode<T> child) => _children.Remove(child);

    private int IndexOf(ReadOnlySpan<char> name)
    {
        var (low, high) = (0, _children.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = _children[middle].CompareTo(name);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private int CompareTo(ReadOnlySpan<char> name) => level.AsSpan().SequenceCompareTo(name);
}
