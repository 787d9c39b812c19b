using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>How short messages are written, kept and announced (27.005 3).</summary>
internal static class MessageSettingCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CMGF")
        {
            Read = Say(modem => Invariant($"+CMGF: {modem.Profile.MessageFormat}")),
            Test = Say("+CMGF: (0,1)"),
            Set = Number(0, 1, (modem, value) => modem.Profile.MessageFormat = value),
        },
        new("+CSCS")
        {
            Read = Say(modem => $"+CSCS: \"{modem.Profile.CharacterSet}\""),
            Test = Say("+CSCS: (" + string.Join(',', CharacterSet.Known.Select(name => $"\"{name}\"")) + ")"),
            Set = SetCharacterSet,
        },
        new("+CNMI")
        {
            Read = Say(modem => "+CNMI: " + Indications(modem.Profile)),
            Test = Say("+CNMI: (0-3),(0-3),(0,2),(0-2),(0,1)"),
            Set = SetIndications,
        },
        new("+CPMS") { Read = ReadMemories, Test = Say(MemoryLists), Set = ChooseMemories, NeedsSim = true },
        new("+CSCA")
        {
            Read = Say(modem => Invariant($"+CSCA: \"{CharacterSet.ShownNumber(modem.Profile.CharacterSet, modem.Messages.ServiceCentre)}\",{PduFields.TypeOf(modem.Messages.ServiceCentre)}")),
            Set = SetServiceCentre,
            NeedsSim = true,
        },
        new("+CSMP") { Read = Say(modem => ShowParameters(modem.Profile)), Test = Say("+CSMP: (0-255),(0-255),(0-255),(0-255)"), Set = SetParameters },
        new("+CSDH")
        {
            Read = Say(modem => modem.Messages.ShowsDetails ? "+CSDH: 1" : "+CSDH: 0"),
            Test = Say("+CSDH: (0,1)"),
            Set = Number(0, 1, (modem, value) => modem.Messages.ShowsDetails = value == 1),
        },
        new("+CSMS")
        {
            Read = Say(modem => Invariant($"+CSMS: {modem.UnsavedNumbers.GetValueOrDefault("+CSMS")},1,1,1")),
            Test = Say("+CSMS: (0,1)"),
            Set = SetService,
        },
        new("+CSCB") { Read = Say("+CSCB: 0,\"\",\"\""), Test = Say("+CSCB: (0,1)"), Set = Accept },
    ];

    private static string MemoryLists
    {
        get
        {
            var list = "(" + string.Join(',', MessageMemories.Names.Select(name => $"\"{name}\"")) + ")";
            return $"+CPMS: {list},{list},{list}";
        }
    }

    private static CommandOutcome SetCharacterSet(ModemEngine modem, CommandArguments arguments)
    {
        if (Array.IndexOf(CharacterSet.Known, arguments[0]) < 0)
        {
            return CommandOutcome.Error;
        }

        modem.Profile.CharacterSet = arguments[0];
        return CommandOutcome.Ok;
    }

    private static CommandOutcome ReadMemories(ModemEngine modem, CommandArguments arguments)
    {
        var memories = modem.Messages.Memories;
        modem.Reply.Information("+CPMS: " + string.Join(',', memories.Chosen.Select(name => Invariant($"\"{name}\",{memories.CountOf(name)},{memories.CapacityOf(name)}"))));
        return CommandOutcome.Ok;
    }

    private static CommandOutcome ChooseMemories(ModemEngine modem, CommandArguments arguments)
    {
        var memories = modem.Messages.Memories;
        string[] names = [.. Enumerable.Range(0, arguments.Count).Select(at => arguments[at])];
        if (names.Length is < 1 or > 3 || names.Any(name => Array.IndexOf(MessageMemories.Names, name) < 0))
        {
            return CommandOutcome.Cms(CmsError.NotAllowed);
        }

        memories.Choose(names);
        modem.Reply.Information("+CPMS: " + string.Join(',', memories.Chosen.Select(name => Invariant($"{memories.CountOf(name)},{memories.CapacityOf(name)}"))));
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetServiceCentre(ModemEngine modem, CommandArguments arguments)
    {
        var number = CharacterSet.Number(modem.Profile.CharacterSet, arguments[0]);
        if (arguments.Count > 2 || number.Length is 0 or > 21 || !number.TrimStart('+').All(char.IsAsciiDigit) || !arguments.TryInteger(1, 0, 255, 0, out var type))
        {
            return CommandOutcome.Error;
        }

        modem.Messages.ServiceCentre = type == PduFields.International && number[0] != '+' ? "+" + number : number;
        return CommandOutcome.Ok;
    }

    private static string ShowParameters(Profile profile)
    {
        var (first, validity, protocol, coding) = profile.MessageParameters;
        return Invariant($"+CSMP: {first},{validity},{protocol},{coding}");
    }

    private static CommandOutcome SetParameters(ModemEngine modem, CommandArguments arguments)
    {
        var (first, validity, protocol, coding) = modem.Profile.MessageParameters;
        if (arguments.Count > 4 || !arguments.TryInteger(0, 0, 255, first, out first) || !arguments.TryInteger(1, 0, 255, validity, out validity)
            || !arguments.TryInteger(2, 0, 255, protocol, out protocol) || !arguments.TryInteger(3, 0, 255, coding, out coding))
        {
            return CommandOutcome.Error;
        }

        modem.Profile.MessageParameters = (first, validity, protocol, coding);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetService(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count != 1 || !arguments.TryInteger(0, 0, 1, out var service))
        {
            return CommandOutcome.Error;
        }

        modem.UnsavedNumbers["+CSMS"] = service;
        modem.Reply.Information("+CSMS: 1,1,1");
        return CommandOutcome.Ok;
    }

    internal static string Indications(Profile profile)
    {
        var (mode, delivers, broadcasts, reports, buffer) = profile.MessageIndications;
        return Invariant($"{mode},{delivers},{broadcasts},{reports},{buffer}");
    }

    /// <summary>What is left out is 0. The manual knows reports as +CDS alone; 2, as 27.005 has it, stores them and says +CDSI.</summary>
    internal static CommandOutcome SetIndications(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count > 5 || !arguments.TryInteger(0, 0, 3, 0, out var mode) || !arguments.TryInteger(1, 0, 3, 0, out var delivers)
            || !arguments.TryInteger(2, 0, 2, 0, out var broadcasts) || broadcasts == 1
            || !arguments.TryInteger(3, 0, 2, 0, out var reports) || !arguments.TryInteger(4, 0, 1, 0, out var buffer))
        {
            return CommandOutcome.Error;
        }

        modem.Profile.MessageIndications = (mode, delivers, broadcasts, reports, buffer);
        modem.After(TimeSpan.Zero, modem.Messages.IndicationsChanged);
        return CommandOutcome.Ok;
    }
}
