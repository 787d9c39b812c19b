using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The GPRS context: access point, bring-up, address, shut-down.</summary>
internal static class PdpCommands
{
    /// <summary>Longest access point name, user or password of AT+CSTT.</summary>
    private const int LongestName = 50;

    internal static readonly CommandRow[] Rows =
    [
        new("+CSTT")
        {
            Execute = (modem, _) => modem.Gprs.StartTask(),
            Read = Say(modem => ReadAccessPoint(modem)),
            Set = StartTask,
            Test = Say("+CSTT: \"APN\",\"USER\",\"PWD\""),
        },
        new("+CIICR") { Execute = (modem, _) => modem.Gprs.BringUp() },
        new("+CIFSR") { Execute = SayAddress },
        new("+CIPSHUT") { Execute = Shut },
        new("+CGDCONT") { Read = ReadContexts, Test = Say("+CGDCONT: (1-3),\"IP\",,,(0),(0)"), Set = Define },
        new("+CGACT") { Read = ReadActivation, Test = Say("+CGACT: (0,1)"), Set = Activate, NeedsSim = true },
        new("+CGPADDR") { Test = Say("+CGPADDR: (1-3)"), Set = SayContextAddress },
        new("+CIPCSGP")
        {
            Set = (modem, arguments) => SetDefaultAccessPoint(modem, arguments),
        },
    ];

    private static string ReadAccessPoint(ModemEngine modem)
    {
        var (apn, user, password) = modem.Gprs.Settings.AccessPoint;
        return $"+CSTT: \"{apn}\",\"{user}\",\"{password}\"";
    }

    private static CommandOutcome StartTask(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count > 3 || arguments[0].Length > LongestName || arguments[1].Length > LongestName || arguments[2].Length > LongestName)
        {
            return CommandOutcome.Error;
        }

        return modem.Gprs.StartTask((arguments[0], arguments[1], arguments[2]));
    }

    private static CommandOutcome SetDefaultAccessPoint(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments[0] is not "1")
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.AccessPoint = (arguments[1], arguments[2], arguments[3]);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SayAddress(ModemEngine modem, CommandArguments arguments)
    {
        if (!modem.Gprs.TryGetAddress())
        {
            return CommandOutcome.Error;
        }

        modem.Reply.Information(modem.Gprs.Address);
        return CommandOutcome.Said;
    }

    private static CommandOutcome Shut(ModemEngine modem, CommandArguments arguments)
    {
        modem.Gprs.Shut();
        modem.Reply.Information("SHUT OK");
        return CommandOutcome.Said;
    }

    private static CommandOutcome ReadContexts(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(modem.Radio.Contexts.Defined.Select(context => Invariant($"+CGDCONT: {context.Id},\"IP\",\"{context.AccessPoint}\",\"0.0.0.0\",0,0")));
        return CommandOutcome.Ok;
    }

    /// <summary>The number alone takes the definition away (27.007 10.1.1).</summary>
    private static CommandOutcome Define(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 1, modem.Radio.Contexts.Count, out var id) || (arguments.Count > 1 && arguments[1] is not "IP") || arguments.Count > 6)
        {
            return CommandOutcome.Error;
        }

        modem.Radio.Contexts.Define(id, arguments.Count > 1 ? arguments[2] : null);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome ReadActivation(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(Enumerable.Range(1, modem.Radio.Contexts.Count).Select(id => Invariant($"+CGACT: {id},{(modem.Radio.Contexts.IsActive(id) ? 1 : 0)}")));
        return CommandOutcome.Ok;
    }

    /// <summary>"To test PDPs with network simulators": answers as the network would and leaves the CIP context alone.</summary>
    private static CommandOutcome Activate(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var state) || !arguments.TryInteger(1, 1, modem.Radio.Contexts.Count, 1, out var id))
        {
            return CommandOutcome.Error;
        }

        modem.After(modem.Options.PdpActivationTime ?? modem.Options.RoundTripTime, () => modem.Interpreter.Complete(Change(modem, state, id)));
        return CommandOutcome.Pending;
    }

    internal static CommandOutcome Change(ModemEngine modem, int state, int id)
    {
        if (state == 1)
        {
            return modem.Radio.Contexts.Activate(id);
        }

        modem.Radio.Contexts.Deactivate(id);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SayContextAddress(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count != 1 || !arguments.TryInteger(0, 1, modem.Radio.Contexts.Count, out var id))
        {
            return CommandOutcome.Error;
        }

        modem.Reply.Information(Invariant($"+CGPADDR: {id},\"{modem.Radio.Contexts.AddressOf(id)}\""));
        return CommandOutcome.Ok;
    }
}
