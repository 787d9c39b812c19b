using Sim800.Simulator.Calls;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Voice calls (V.250 6.3, 27.007 6 and 7) and what the host hears of them.</summary>
internal static class CallCommands
{
    private const string Dialling = "0123456789*#+ABCDPTW,";

    internal static readonly CommandRow[] Rows =
    [
        new("D") { Execute = Dial, NeedsSim = true },
        new("A") { Execute = (modem, _) => modem.Calls.Answer() },
        new("H") { Execute = Basic(0, (modem, _) => modem.Calls.HangUp()) },
        new("S0")
        {
            Read = Say(modem => Invariant($"{CallSettings.RingsToAnswer.Of(modem):D3}")),
            Set = CallSettings.RingsToAnswer.Set,
        },
        CallSettings.CallerNumber.Row with { Read = Say(modem => Invariant($"+CLIP: {CallSettings.CallerNumber.Of(modem)},1")) },
        CallSettings.ExtendedRing.Row,
        CallSettings.Listing.Row with { Execute = List },
        CallSettings.Announcements.Row,
        CallSettings.Busy.Row,
        CallSettings.CauseFormat.Row with { Execute = Say(Cause) },
        new NumberSetting("+CVHU", 0, 2, 0).Row,
        new NumberSetting("+VTD", 1, 255, 1, Saving.Profile).Row,
        new("+VTS") { Set = SendTone, Test = Say("+VTS: (0-9,*,#,A,B,C,D),(1-255)") },
        new("+CPAS") { Execute = Say(modem => Invariant($"+CPAS: {modem.Calls.Activity}")), Test = Say("+CPAS: (0,2,3,4)") },
    ];

    /// <summary>
    /// A number with a semicolon behind it is a voice call; without one it is a data call, which no network of today carries.
    /// <c>L</c> is the last number, <c>&gt;n</c> and <c>&gt;"text"</c> are entries of the phonebook.
    /// </summary>
    private static CommandOutcome Dial(ModemEngine modem, CommandArguments arguments)
    {
        var typed = arguments[0].ToUpperInvariant();
        if (typed is [.., 'G' or 'I', ';'])
        {
            typed = typed[..^2] + ";"; // closed user group and caller's number, for this call alone
        }

        if (typed is not [.. var called, ';'])
        {
            return CommandOutcome.NoCarrier;
        }

        var number = called switch
        {
            "L" => modem.Calls.LastDialled,
            ['>', .. var entry] => modem.Phonebook.NumberOf(entry.Trim('"')),
            _ => called,
        };
        return number.Length > 0 && number.All(character => Dialling.Contains(character, StringComparison.Ordinal))
            ? modem.Calls.Dial(number)
            : CommandOutcome.Error;
    }

    private static CommandOutcome List(ModemEngine modem, CommandArguments arguments)
    {
        if (modem.Calls.Listed is { } line)
        {
            modem.Reply.Information(line);
        }

        return CommandOutcome.Ok;
    }

    private static string Cause(ModemEngine modem)
    {
        var cause = modem.Calls.LastRelease;
        return CallSettings.CauseFormat.Of(modem) == 1 ? Invariant($"+CEER: Cause:{(int)cause}") : "+CEER: " + cause switch
        {
            ReleaseCause.Normal => "normal call clearing",
            ReleaseCause.UserBusy => "user busy",
            ReleaseCause.NoAnswer => "user alerting, no answer",
            ReleaseCause.Rejected => "call rejected",
            _ => "No cause",
        };
    }

    /// <summary>Single tones with or without quotes, separated by commas; each may be <c>{tone,duration}</c>.</summary>
    private static CommandOutcome SendTone(ModemEngine modem, CommandArguments arguments)
    {
        var tones = string.Join(',', Enumerable.Range(0, arguments.Count).Select(at => arguments[at]));
        var isTone = tones.Length is > 0 and <= 20 && tones.All(character => "0123456789*#ABCD,{}".Contains(char.ToUpperInvariant(character), StringComparison.Ordinal));
        return !isTone ? CommandOutcome.Error : modem.Calls.IsActive ? CommandOutcome.Ok : CommandOutcome.NotAllowed;
    }
}
