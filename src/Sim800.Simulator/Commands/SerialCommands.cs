using Sim800.Simulator.Line;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The serial line: rate, flow control, character format.</summary>
internal static class SerialCommands
{
    internal static readonly CommandRow[] Rows =
    [
        Rate("+IPR", UartRate.OfSim800, isKept: false),
        new("+IFC")
        {
            Read = Say(modem => Invariant($"+IFC: {modem.Profile.FlowControl.HoldModem},{modem.Profile.FlowControl.HoldHost}")),
            Test = Say("+IFC: (0-2),(0-2)"),
            Set = SetFlowControl,
        },
        new("+ICF")
        {
            Read = Say(modem => Invariant($"+ICF: {modem.Profile.CharacterFormat.Format},{modem.Profile.CharacterFormat.Parity}")),
            Test = Say("+ICF: (1-6),(0-3)"),
            Set = SetCharacterFormat,
        },
    ];

    /// <summary>A command that sets the rate, to one of those the module knows; kept over a restart or, unless AT&amp;W keeps it, not.</summary>
    internal static CommandRow Rate(string name, int[] rates, bool isKept) => new(name)
    {
        Read = Say(modem => Invariant($"{name}: {(isKept ? modem.Saved : modem.Profile).Rate}")),
        Test = Say($"{name}: (),({string.Join(',', rates)})"),
        Set = (modem, arguments) => SetRate(modem, arguments, rates, isKept),
    };

    private static CommandOutcome SetRate(ModemEngine modem, CommandArguments arguments, int[] rates, bool isKept)
    {
        if (!arguments.TryInteger(0, 0, int.MaxValue, out var rate) || Array.IndexOf(rates, rate) < 0)
        {
            return CommandOutcome.Error;
        }

        modem.Profile.Rate = rate;
        modem.Saved.Rate = isKept ? rate : modem.Saved.Rate;
        if (rate != 0 && rate != modem.Rate.Modem)
        {
            // The answer still goes out at the old rate.
            modem.After(TimeSpan.FromTicks(1), () => modem.At(modem.Line.IdleAt, () => modem.Rate.Modem = rate));
        }

        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetFlowControl(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 2, out var holdModem) || !arguments.TryInteger(1, 0, 2, holdModem, out var holdHost))
        {
            return CommandOutcome.Error;
        }

        modem.Profile.FlowControl = (holdModem, holdHost);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetCharacterFormat(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 1, 6, out var format) || !arguments.TryInteger(1, 0, 3, 3, out var parity))
        {
            return CommandOutcome.Error;
        }

        modem.Profile.CharacterFormat = (format, parity);
        return CommandOutcome.Ok;
    }
}
