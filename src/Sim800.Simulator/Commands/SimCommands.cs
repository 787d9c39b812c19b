using Sim800.Simulator.Machine;
using Sim800.Simulator.Radio;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The SIM: PIN, PUK, lock, tries, service provider.</summary>
internal static class SimCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CPIN") { Read = ReadPin, Set = EnterPin },
        new("+SPIC")
        {
            Execute = Say(modem => Invariant($"+SPIC: {modem.Sim.PinTriesLeft},3,{modem.Sim.PukTriesLeft},10")),
        },
        new("+CSMINS") { Read = Say(modem => modem.Sim.IsInserted ? "+CSMINS: 0,1" : "+CSMINS: 0,0"), Set = Accept },
        new("+CLCK") { Set = Lock, Test = Say("+CLCK: (\"SC\")") },
        new("+CPWD") { Set = ChangePassword, Test = Say("+CPWD: (\"SC\",8)") },
        new("+CSPN") { Read = Say(modem => $"+CSPN: \"{Messages.CharacterSet.Shown(modem.Profile.CharacterSet, modem.Options.OperatorName)}\",0"), NeedsSim = true },
    ];

    private static CommandOutcome ReadPin(ModemEngine modem, CommandArguments arguments)
    {
        // A locked card answers here, where every other command is refused because of the lock.
        if (modem.Sim.Obstacle is { Code: not (11 or 12) } obstacle)
        {
            return obstacle;
        }

        modem.Reply.Information("+CPIN: " + modem.Sim.StateText);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome EnterPin(ModemEngine modem, CommandArguments arguments)
    {
        if (modem.Sim.Obstacle is { Code: not (11 or 12) } obstacle)
        {
            return obstacle;
        }

        return modem.Sim.State switch
        {
            SimState.PinRequired when arguments.Count == 1 => modem.Sim.EnterPin(arguments[0]),
            SimState.PinRequired => CommandOutcome.Error,
            SimState.PukRequired when arguments.Count == 2 => modem.Sim.EnterPuk(arguments[0], arguments[1]),
            SimState.PukRequired => CommandOutcome.Cme(12),
            _ => CommandOutcome.NotAllowed,
        };
    }

    private static CommandOutcome Lock(ModemEngine modem, CommandArguments arguments)
    {
        if (modem.Sim.Obstacle is { } obstacle)
        {
            return obstacle;
        }

        if (arguments[0] is not "SC" || !arguments.TryInteger(1, 0, 2, out var mode))
        {
            return CommandOutcome.Error;
        }

        if (mode == 2)
        {
            modem.Reply.Information(modem.Sim.IsPinAsked ? "+CLCK: 1" : "+CLCK: 0");
            return CommandOutcome.Ok;
        }

        return modem.Sim.SetLock(mode == 1, arguments[2]);
    }

    private static CommandOutcome ChangePassword(ModemEngine modem, CommandArguments arguments) =>
        modem.Sim.Obstacle ?? (arguments[0] is "SC" ? modem.Sim.ChangePin(arguments[1], arguments[2]) : CommandOutcome.Error);
}
