using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;
using Sim800.Simulator.Radio;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Phonebooks and the subscriber's own number (27.007 8.11 to 8.14 and 7.1).</summary>
internal static class PhonebookCommands
{
    private const int InvalidIndex = 21;

    internal static readonly CommandRow[] Rows =
    [
        new("+CPBS")
        {
            Read = Say(modem => Invariant($"+CPBS: \"{modem.Phonebook.Selected}\",{modem.Phonebook.Count},{modem.Phonebook.Capacity}")),
            Test = Say(modem => $"+CPBS: ({string.Join(',', modem.Phonebook.Names.Select(name => $"\"{name}\""))})"),
            Set = (modem, arguments) => modem.Phonebook.TrySelect(arguments[0]) ? CommandOutcome.Ok : CommandOutcome.NotAllowed,
            NeedsSim = true,
        },
        new("+CPBR")
        {
            Test = Say(modem => Invariant($"+CPBR: (1-{modem.Phonebook.Capacity}),{Phonebook.LongestNumber},{Phonebook.LongestText}")),
            Set = Read,
            NeedsSim = true,
        },
        new("+CPBF") { Test = Say(Invariant($"+CPBF: {Phonebook.LongestNumber},{Phonebook.LongestText}")), Set = Find, NeedsSim = true },
        new("+CPBW")
        {
            Test = Say(modem => Invariant($"+CPBW: (1-{modem.Phonebook.Capacity}),{Phonebook.LongestNumber},(129,145),{Phonebook.LongestText}")),
            Set = Write,
            NeedsSim = true,
        },
        new("+CNUM") { Execute = (modem, _) => List(modem, modem.Phonebook.OwnNumberLines), NeedsSim = true },
    ];

    private static CommandOutcome Read(ModemEngine modem, CommandArguments arguments)
    {
        var capacity = modem.Phonebook.Capacity;
        return arguments.TryInteger(0, 1, capacity, out var first) && arguments.TryInteger(1, first, capacity, first, out var last)
            ? List(modem, modem.Phonebook.Lines("+CPBR", first, last))
            : CommandOutcome.Cme(InvalidIndex);
    }

    private static CommandOutcome Find(ModemEngine modem, CommandArguments arguments) =>
        List(modem, modem.Phonebook.Lines("+CPBF", 1, modem.Phonebook.Capacity, TextOf(modem, arguments[0])));

    private static CommandOutcome Write(ModemEngine modem, CommandArguments arguments)
    {
        int? place = null;
        if (arguments.Has(0))
        {
            place = arguments.TryInteger(0, 1, modem.Phonebook.Capacity, out var given) ? given : 0;
        }

        return (place is not null || arguments.Has(1)) && modem.Phonebook.TryWrite(place, arguments[1], TextOf(modem, arguments[3]))
            ? CommandOutcome.Ok
            : CommandOutcome.Cme(InvalidIndex);
    }

    private static string TextOf(ModemEngine modem, string typed) =>
        CharacterSet.TryRead(modem.Profile.CharacterSet, isWide: false, typed, out var text) ? text : typed;

    /// <summary>What is empty is answered by the OK alone.</summary>
    private static CommandOutcome List(ModemEngine modem, IEnumerable<string> found)
    {
        var lines = found.ToArray();
        if (lines.Length > 0)
        {
            modem.Reply.Information(lines);
        }

        return CommandOutcome.Ok;
    }
}
