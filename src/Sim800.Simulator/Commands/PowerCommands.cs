using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Functionality level, power-down, sleep, battery.</summary>
internal static class PowerCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CFUN")
        {
            Read = Say(modem => Invariant($"+CFUN: {modem.Power.Functionality}")),
            Test = Say("+CFUN: (0,1,4),(0,1)"),
            Set = SetFunctionality,
        },
        new("+CPOWD") { Set = PowerDown },
        new("+CSCLK")
        {
            Read = Say(modem => Invariant($"+CSCLK: {modem.Profile.SlowClock}")),
            Test = Say("+CSCLK: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.Profile.SlowClock = value),
        },
        new("+CBC") { Execute = Say(Battery), Test = Say("+CBC: (0-2),(1-100),(voltage)") },
    ];

    private static string Battery(ModemEngine modem)
    {
        var percent = Math.Clamp((modem.Options.SupplyMillivolt - 3400) / 8, 1, 100);
        return Invariant($"+CBC: 0,{percent},{modem.Options.SupplyMillivolt}");
    }

    private static CommandOutcome SetFunctionality(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 4, out var level) || level is 2 or 3 || !arguments.TryInteger(1, 0, 1, 0, out var reset))
        {
            return CommandOutcome.Error;
        }

        if (reset == 1)
        {
            // The OK is on the wire before the reset pulls the modem away.
            modem.After(TimeSpan.FromMilliseconds(50), modem.Power.Reboot);
            return CommandOutcome.Ok;
        }

        return Enter(modem, level);
    }

    /// <summary>A level of AT+CFUN, and the OK when it is reached.</summary>
    internal static CommandOutcome Enter(ModemEngine modem, int level)
    {
        switch (modem.Power.SetFunctionality(level))
        {
            case null:
                return CommandOutcome.Error;
            case { Ticks: 0 }:
                return CommandOutcome.Ok;
            case { } time:
                modem.After(time, () => modem.Interpreter.Complete(CommandOutcome.Ok));
                return CommandOutcome.Pending;
        }
    }

    private static CommandOutcome PowerDown(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var announced))
        {
            return CommandOutcome.Error;
        }

        if (announced == 1)
        {
            modem.Reply.Unsolicited("NORMAL POWER DOWN");
        }

        modem.Power.PowerOff();
        return CommandOutcome.Said;
    }
}
