using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Audio, lamps and pins: they take their settings and give them back; nothing sounds and nothing shines.</summary>
internal static class HardwareCommands
{
    /// <summary>The analogue input, in millivolt: nothing is connected.</summary>
    private const int AnalogueInput = 0;

    private static readonly NumberSetting AudioChannel = new("+CHFA", 0, 3, 0, Saving.Always);

    internal static readonly CommandRow[] Rows =
    [
        new NumberSetting("+CLVL", 0, 100, 60, Saving.Always).Row,
        new NumberSetting("+CRSL", 0, 100, 60, Saving.Always).Row,
        new NumberSetting("+CALM", 0, 1, 0).Row,
        new NumberSetting("+CMUT", 0, 1, 0).Row with { Set = Mute },
        AudioChannel.Row,
        new NumberSetting("+CFGRI", 0, 2, 2, Saving.Profile).Row,
        new NumberSetting("+CNETLIGHT", 0, 1, 1, Saving.Profile).Row,
        new NumberSetting("+CSGS", 0, 2, 1, Saving.Profile).Row,
        new("+CMIC") { Test = Say("+CMIC: (0-3),(0-15)"), Read = ReadGains, Set = SetGain },
        new("+CADC") { Read = Say(Invariant($"+CADC: 1,{AnalogueInput}")), Test = Say("+CADC: (0,1),(0-2800)") },
        new("+STTONE") { Test = Say("+STTONE: (0,1),(1-8,16-20),(10-15300000)"), Set = PlayTone },
        new("+CLDTMF") { Test = Say("+CLDTMF: (1-100),(0-9,A,B,C,D,E,F,*,#),(10-500)"), Execute = Accept, Set = PlayKeys },
        new("+SPWM")
        {
            Test = Say("+SPWM: (0-2),(0-100000),(0-100)"),
            Set = SetPulseWidth,
        },
    ];

    private static CommandOutcome SetPulseWidth(ModemEngine modem, CommandArguments arguments) =>
        arguments.Count == 3 && arguments.TryInteger(0, 0, 2, out _) && arguments.TryInteger(1, 0, 100_000, out _) && arguments.TryInteger(2, 0, 100, out _)
            ? CommandOutcome.Ok
            : CommandOutcome.Error;

    /// <summary>The microphone can be switched off during a call only.</summary>
    private static CommandOutcome Mute(ModemEngine modem, CommandArguments arguments) =>
        modem.Calls.IsActive ? new NumberSetting("+CMUT", 0, 1, 0).Set(modem, arguments) : CommandOutcome.NotAllowed;

    private static CommandOutcome ReadGains(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information("+CMIC: " + string.Join(',', Enumerable.Range(0, 4).Select(channel => Invariant($"({channel},{Gain(channel).Of(modem)})"))));
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetGain(ModemEngine modem, CommandArguments arguments) =>
        arguments.Count == 2 && arguments.TryInteger(0, 0, 3, out var channel) && arguments.TryInteger(1, 0, 15, out _)
            ? Gain(channel).Set(modem, arguments.From(1))
            : CommandOutcome.Error;

    private static NumberSetting Gain(int channel) => new(Invariant($"+CMIC.{channel}"), 0, 15, channel is 0 or 2 ? 10 : 6, Saving.Always);

    /// <summary>The end of a tone is told; it is not when the tone was stopped by the next one.</summary>
    private static CommandOutcome PlayTone(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var mode) || (mode == 1 && (!arguments.TryInteger(1, 1, 20, out var tone) || tone is > 8 and < 16)))
        {
            return CommandOutcome.Error;
        }

        if (mode == 0)
        {
            return CommandOutcome.Ok;
        }

        if (!arguments.TryInteger(2, 10, 15_300_000, out var milliseconds))
        {
            return CommandOutcome.Error;
        }

        modem.After(TimeSpan.FromMilliseconds(milliseconds), () => modem.Reply.Unsolicited("+STTONE: 0"));
        return CommandOutcome.Ok;
    }

    private static CommandOutcome PlayKeys(ModemEngine modem, CommandArguments arguments) =>
        arguments.TryInteger(0, 1, 100, out _) && arguments[1].Length is > 0 and <= 39
            && arguments[1].All(key => "0123456789ABCDEF*#,".Contains(char.ToUpperInvariant(key), StringComparison.Ordinal))
            ? CommandOutcome.Ok
            : CommandOutcome.Error;
}
