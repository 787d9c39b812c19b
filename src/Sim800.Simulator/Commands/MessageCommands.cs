using System.Text;
using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Short messages in text and PDU mode (27.005) and USSD.</summary>
internal static class MessageCommands
{
    private const int InvalidPduParameter = 304;
    private const int InvalidTextParameter = 305;

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
            Test = Say("+CSCS: (\"IRA\",\"GSM\",\"UCS2\",\"HEX\",\"PCCP\",\"PCDN\",\"8859-1\")"),
            Set = SetCharacterSet,
        },
        new("+CNMI")
        {
            Read = Say(modem => "+CNMI: " + modem.Profile.MessageIndications),
            Test = Say("+CNMI: (0-3),(0-3),(0,2),(0,1),(0,1)"),
            Set = SetIndications,
        },
        new("+CPMS")
        {
            Read = Say(modem => Invariant(
                $"+CPMS: \"SM\",{modem.Messages.Count},{MessageStore.Capacity},\"SM\",{modem.Messages.Count},{MessageStore.Capacity},\"SM\",{modem.Messages.Count},{MessageStore.Capacity}")),
            Set = (modem, _) => Say(m => Invariant(
                $"+CPMS: {m.Messages.Count},{MessageStore.Capacity},{m.Messages.Count},{MessageStore.Capacity},{m.Messages.Count},{MessageStore.Capacity}"))(modem, CommandArguments.None),
            NeedsSim = true,
        },
        new("+CSCA") { Read = Say("+CSCA: \"+491710760000\",145"), Set = Accept, NeedsSim = true },
        new("+CSMP") { Read = Say(modem => ShowParameters(modem.Profile)), Set = SetParameters },
        new("+CMGS") { Set = Send, NeedsSim = true },
        new("+CMGR") { Set = Read, NeedsSim = true },
        new("+CMGL") { Execute = List, Set = List, NeedsSim = true },
        new("+CMGD") { Set = Delete, NeedsSim = true },
        new("+CUSD") { Read = Say("+CUSD: 1"), Set = Ask, NeedsSim = true },
    ];

    private static CommandOutcome SetCharacterSet(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments[0] is not ("IRA" or "GSM" or "UCS2" or "HEX" or "PCCP" or "PCDN" or "8859-1"))
        {
            return CommandOutcome.Error;
        }

        modem.Profile.CharacterSet = arguments[0];
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

    private static CommandOutcome SetIndications(ModemEngine modem, CommandArguments arguments)
    {
        var values = new int[5];
        for (var i = 0; i < values.Length; i++)
        {
            if (!arguments.TryInteger(i, 0, 3, 0, out values[i]))
            {
                return CommandOutcome.Error;
            }
        }

        modem.Profile.MessageIndications = string.Join(',', values);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome Send(ModemEngine modem, CommandArguments arguments)
    {
        var length = 0;
        if (modem.Profile.MessageFormat == 1 ? arguments[0].Length == 0 : !arguments.TryInteger(0, 1, 164, out length))
        {
            return CommandOutcome.Cms(302);
        }

        var number = CharacterSet.Number(modem.Profile.CharacterSet, arguments[0]);
        modem.Reply.Prompt();
        modem.Interpreter.Enter(new PayloadMode(
            modem,
            null,
            typed =>
            {
                modem.Interpreter.EnterCommandMode();
                var text = Encoding.Latin1.GetString(typed);
                if (length > 0 ? SubmitPdu.TryRead(text, length, out number, out text) : TryReadText(modem, text, out text))
                {
                    modem.Messages.Send(number, text);
                }
                else
                {
                    CompleteSoon(modem, CommandOutcome.Cms(length > 0 ? InvalidPduParameter : InvalidTextParameter));
                }
            },
            () =>
            {
                modem.Interpreter.EnterCommandMode();
                CompleteSoon(modem, CommandOutcome.Ok);
            }));
        return CommandOutcome.Pending;
    }

    private static bool TryReadText(ModemEngine modem, string typed, out string text) =>
        CharacterSet.TryRead(modem.Profile.CharacterSet, (modem.Profile.MessageParameters.Coding & 0x0C) == 0x08, typed, out text);

    private static void CompleteSoon(ModemEngine modem, CommandOutcome outcome) =>
        modem.After(modem.Options.CommandDelay, () => modem.Interpreter.Complete(outcome));

    private static CommandOutcome Read(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 1, 255, out var index))
        {
            return CommandOutcome.Cms(321);
        }

        if (modem.Messages.Find(index) is { } message)
        {
            modem.Reply.Information(modem.Messages.Show("+CMGR:", "", message));
            message.IsRead = true;
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome List(ModemEngine modem, CommandArguments arguments)
    {
        var text = modem.Profile.MessageFormat == 1;
        var (all, unread) = text ? ("ALL", "REC UNREAD") : ("4", "0");
        var wanted = arguments.Has(0) ? arguments[0] : unread;
        var listed = modem.Messages.All
            .Where(message => new[] { all, text ? message.Status : Invariant($"{message.StatusNumber}") }.Contains(wanted, StringComparer.Ordinal))
            .ToArray();
        if (listed.Length > 0)
        {
            modem.Reply.Information(listed.Select(message => modem.Messages.Show("+CMGL:", Invariant($"{message.Index},"), message)));
        }

        foreach (var message in listed)
        {
            message.IsRead = true;
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome Delete(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 255, out var index) || !arguments.TryInteger(1, 0, 4, 0, out var flag))
        {
            return CommandOutcome.Error;
        }

        if (flag == 0)
        {
            modem.Messages.Delete(index);
        }
        else
        {
            modem.Messages.DeleteAll(message => flag == 4 || message.IsRead);
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome Ask(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 2, out var mode))
        {
            return CommandOutcome.Error;
        }

        if (mode == 1 && arguments.Has(1))
        {
            modem.Messages.Ask(CharacterSet.Number(modem.Profile.CharacterSet, arguments[1]));
        }

        return CommandOutcome.Ok;
    }
}
