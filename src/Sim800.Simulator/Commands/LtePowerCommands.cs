using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Functionality level, reset, power-down, sleep and supply of the LTE modules.</summary>
internal static class LtePowerCommands
{
    private const int ResetLevel = 6;

    /// <summary>The OK is on the wire before the reset pulls the modem away.</summary>
    private static readonly TimeSpan AfterOk = TimeSpan.FromMilliseconds(50);

    /// <summary>AT+CVALARM: warnings of a supply that is too low or too high.</summary>
    internal static readonly NumberSetting Warning = new("+CVALARM", 0, 1, 0);

    /// <summary>AT+CPMVT: the modem says why it switches itself off.</summary>
    internal static readonly NumberSetting PowerDownReport = new("+CPMVT", 0, 1, 0);

    internal static readonly CommandRow[] Rows =
    [
        new("+CFUN")
        {
            Read = Say(modem => Invariant($"+CFUN: {modem.Power.Functionality}")),
            Test = Say(modem => Invariant($"+CFUN: ({string.Join(',', modem.Model.Levels.Select(level => level.Number).Append(ResetLevel).Order())}),(0,1)")),
            Set = SetFunctionality,
        },
        new("+CRESET") { Execute = (modem, _) => Afterwards(modem, modem.Power.Reboot) },
        new("+CPOF") { Execute = (modem, _) => Afterwards(modem, modem.Power.PowerOff) },
        new("+CBC") { Execute = Say(modem => Invariant($"+CBC: {modem.Options.SupplyMillivolt / 1000.0:F3}V")) },
        Warning.Row with { Set = (modem, arguments) => SetWarning(modem, arguments, Warning) },
        PowerDownReport.Row with { Set = (modem, arguments) => SetWarning(modem, arguments, PowerDownReport) },
    ];

    /// <summary>AT+CSCLK with as many modes as the module has.</summary>
    internal static CommandRow Sleep(int most) => new("+CSCLK")
    {
        Read = Say(modem => Invariant($"+CSCLK: {modem.Profile.SlowClock}")),
        Test = Say(Invariant($"+CSCLK: (0-{most})")),
        Set = Number(0, most, (modem, value) => modem.Profile.SlowClock = value),
    };

    private static CommandOutcome Afterwards(ModemEngine modem, Action action)
    {
        modem.After(AfterOk, action);
        return CommandOutcome.Ok;
    }

    /// <summary>The limits behind the switch, in millivolt, may be given or not.</summary>
    private static CommandOutcome SetWarning(ModemEngine modem, CommandArguments arguments, NumberSetting setting) =>
        arguments.Count is 1 or 3 && arguments.TryInteger(1, 0, 5000, 0, out _) && arguments.TryInteger(2, 0, 5000, 0, out _) && arguments.TryInteger(0, 0, 1, out var on)
            ? setting.Set(modem, CommandArguments.Parse(on == 1 ? "1" : "0"))
            : CommandOutcome.Error;

    private static CommandOutcome SetFunctionality(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 7, out var level) || !arguments.TryInteger(1, 0, 1, 0, out var reset) || arguments.Count > 2)
        {
            return CommandOutcome.Error;
        }

        if (level == ResetLevel || (reset == 1 && level == 1))
        {
            return Afterwards(modem, modem.Power.Reboot);
        }

        return modem.Model.Levels.Any(known => known.Number == level) && reset == 0 ? PowerCommands.Enter(modem, level) : CommandOutcome.Error;
    }
}
