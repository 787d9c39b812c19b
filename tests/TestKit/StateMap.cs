using System.Text;

namespace TestKit;

/// <summary>
/// All states that a small machine can be in, found breadth-first from its beginning: a machine is made anew and led there by events. Two
/// histories are one state when they are described alike, and every event does the same in both, and so does every event after it.
/// </summary>
public sealed class StateMap<T>
{
    private readonly Func<T> _create;
    private readonly IReadOnlyList<(string Name, Func<T, string?> Apply)> _events;
    private readonly Func<T, string> _describe;
    private readonly Dictionary<string, Node> _known = new(StringComparer.Ordinal);
    private readonly List<Node> _states = [];
    private readonly int _ahead;

    /// <param name="create">Makes the machine as it is at the beginning.</param>
    /// <param name="events">What can happen, and what the machine does then, in words; null where it cannot happen.</param>
    /// <param name="describe">What is seen of the state from outside.</param>
    /// <param name="most">More states than that are no small machine.</param>
    /// <param name="ahead">How many events in a row have to do the same in two histories that are one state.</param>
    public StateMap(Func<T> create, IReadOnlyList<(string Name, Func<T, string?> Apply)> events, Func<T, string> describe, int most = 200, int ahead = 2)
    {
        (_create, _events, _describe, _ahead) = (create, events, describe, ahead);
        Find([]);
        for (var at = 0; at < _states.Count; at++)
        {
            if (_states.Count > most)
            {
                throw new InvalidOperationException($"More than {most} states; the last is {_states[^1].Name}.");
            }

            var node = _states[at];
            node.Next = [.. node.Does.Select((does, number) => does is null ? null : Find([.. node.Path, number]))];
        }
    }

    public int Count => _states.Count;

    /// <summary>What is seen of each state, and the names of the events that lead there.</summary>
    public IEnumerable<(string State, IEnumerable<string> Path)> States => _states.Select(node => (node.Name, node.Path.Select(number => _events[number].Name)));

    /// <summary>A machine in each of the states.</summary>
    public IEnumerable<T> Machines => _states.Select(node => Play(node.Path));

    /// <summary>What every event does in every state, as a table; events that do nothing in a state stand together.</summary>
    public string Table()
    {
        var table = new StringBuilder("| In the state | comes | which does | and leads to |\n| --- | --- | --- | --- |\n");
        foreach (var node in _states)
        {
            var rows = node.Does.Select((does, number) => (Event: _events[number].Name, Does: does, node.Next[number]?.Name)).Where(row => row.Does is not null);
            foreach (var same in rows.GroupBy(row => (row.Does, row.Name)))
            {
                table.Append($"| {node.Name} | {string.Join(", ", same.Select(row => row.Event))} | {same.Key.Does} | {(same.Key.Name == node.Name ? "the same" : same.Key.Name)} |\n");
            }
        }

        return table.ToString();
    }

    private T Play(IEnumerable<int> path)
    {
        var machine = _create();
        foreach (var number in path)
        {
            _events[number].Apply(machine);
        }

        return machine;
    }

    private string?[] Does(int[] path) => [.. _events.Select(one => one.Apply(Play(path)))];

    /// <summary>What each event does and how it leaves the machine, and each that follows.</summary>
    private string Future(int[] path, int events) => events == 0 ? "" : string.Join('\n', Does(path).Select((does, number) =>
        does is null ? "" : $"{does}: {_describe(Play([.. path, number]))}\n{Future([.. path, number], events - 1)}"));

    private Node Find(int[] path)
    {
        var described = _describe(Play(path));
        var does = Does(path);
        var key = $"{described}\n{Future(path, _ahead)}";
        if (!_known.TryGetValue(key, out var node))
        {
            var alike = _states.Count(one => one.Described == described);
            node = new Node(described, alike == 0 ? described : $"{described} ({alike + 1})", path, does);
            _known.Add(key, node);
            _states.Add(node);
        }

        return node;
    }

    private sealed record Node(string Described, string Name, int[] Path, string?[] Does)
    {
        internal Node?[] Next { get; set; } = [];
    }
}
