using System.Globalization;
using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;
using static System.FormattableString;

namespace Sim800.Simulator.Radio;

/// <summary>The phonebooks of AT+CPBS: those of the card and of the modem, fixed dialling, and the card's own numbers.</summary>
internal sealed class Phonebook
{
    /// <summary>What the test forms of AT+CPBR and AT+CPBW say of a number and of a text.</summary>
    internal const int LongestNumber = 40;

    /// <inheritdoc cref="LongestNumber"/>
    internal const int LongestText = 14;

    private const string OwnNumbers = "ON";

    private readonly ModemEngine _modem;
    private readonly Dictionary<string, (int Capacity, SortedDictionary<int, Entry> Entries)> _books = new(StringComparer.Ordinal)
    {
        ["SM"] = (250, []),
        ["ME"] = (100, []),
        ["FD"] = (10, []),
        [OwnNumbers] = (4, []),
    };

    internal Phonebook(ModemEngine modem)
    {
        _modem = modem;
        if (modem.Options.PhoneNumber is { } own)
        {
            _books[OwnNumbers].Entries[1] = new Entry(own, "");
        }
    }

    internal IEnumerable<string> Names => _books.Keys;

    internal string Selected { get; private set; } = "SM";

    internal int Capacity => _books[Selected].Capacity;

    internal int Count => Entries.Count;

    /// <summary>The lines of AT+CNUM.</summary>
    internal IEnumerable<string> OwnNumberLines =>
        _books[OwnNumbers].Entries.Values.Select(entry => $"+CNUM: \"{Shown(entry.Text)}\",{Number(entry)}");

    private SortedDictionary<int, Entry> Entries => _books[Selected].Entries;

    internal bool TrySelect(string name)
    {
        Selected = _books.ContainsKey(name) ? name : Selected;
        return string.Equals(Selected, name, StringComparison.Ordinal);
    }

    /// <summary>The entries of those places, or with that text in them, as the command of that name shows them.</summary>
    internal IEnumerable<string> Lines(string command, int first, int last, string text = "") => Entries
        .Where(pair => pair.Key >= first && pair.Key <= last && pair.Value.Text.Contains(text, StringComparison.OrdinalIgnoreCase))
        .Select(pair => Invariant($"{command}: {pair.Key},{Number(pair.Value)},\"{Shown(pair.Value.Text)}\""));

    /// <summary>The number of a place or of a text; empty when there is none.</summary>
    internal string NumberOf(string entry) => int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        ? Entries.GetValueOrDefault(place)?.Number ?? ""
        : Entries.Values.FirstOrDefault(known => string.Equals(known.Text, entry, StringComparison.OrdinalIgnoreCase))?.Number ?? "";

    /// <summary>Writes an entry, into the first free place when none is given, or deletes one when there is no number.</summary>
    /// <returns><c>false</c> when there is no such place, or none free.</returns>
    internal bool TryWrite(int? place, string number, string text)
    {
        var at = place ?? Enumerable.Range(1, Capacity).FirstOrDefault(free => !Entries.ContainsKey(free));
        if (at < 1 || at > Capacity || number.Length > LongestNumber || text.Length > LongestText)
        {
            return false;
        }

        if (number.Length == 0)
        {
            Entries.Remove(at);
        }
        else
        {
            Entries[at] = new Entry(number, text);
        }

        return true;
    }

    internal void Reset() => Selected = "SM";

    private static string Number(Entry entry) => Invariant($"\"{entry.Number}\",{PduFields.TypeOf(entry.Number)}");

    private string Shown(string text) => CharacterSet.Shown(_modem.Profile.CharacterSet, text);

    private sealed record Entry(string Number, string Text);
}
