using System.Collections.Frozen;
using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Commands;

/// <summary>Every command a model knows; one group a file. A later row stands in for an earlier one of its name.</summary>
internal sealed class CommandTable
{
    private readonly FrozenDictionary<string, CommandRow> _rows;

    internal CommandTable(params IEnumerable<CommandRow>[] groups)
        : this(groups.SelectMany(group => group))
    {
    }

    private CommandTable(IEnumerable<CommandRow> rows)
    {
        var byName = new Dictionary<string, CommandRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            byName[row.Name] = row;
        }

        _rows = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All names, in alphabetical order.</summary>
    internal IEnumerable<string> Names => _rows.Keys.Order(StringComparer.Ordinal);

    internal CommandRow? Find(string name) => _rows.GetValueOrDefault(name);

    internal CommandTable With(params IEnumerable<CommandRow>[] groups) => new([.. _rows.Values, .. groups.SelectMany(group => group)]);

    internal CommandTable Without(params string[] names) => new(_rows.Values.Where(row => Array.IndexOf(names, row.Name) < 0));
}
