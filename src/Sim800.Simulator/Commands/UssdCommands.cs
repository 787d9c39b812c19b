using Sim800.Simulator.Machine;
using Sim800.Simulator.Messages;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>AT+CUSD: 0 hides the network's answers, 1 shows them and may ask, 2 ends the session.</summary>
internal static class UssdCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CUSD")
        {
            Read = Say(modem => modem.Ussd.IsPresented ? "+CUSD: 1" : "+CUSD: 0"),
            Test = Say("+CUSD: (0-2)"),
            Set = Ask,
            NeedsSim = true,
        },
    ];

    private static CommandOutcome Ask(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 2, out var mode) || !arguments.TryInteger(2, 0, 255, 0, out _))
        {
            return CommandOutcome.Error;
        }

        modem.Ussd.IsPresented = mode == 2 ? modem.Ussd.IsPresented : mode == 1;
        if (mode == 1 && arguments.Has(1))
        {
            modem.Ussd.Ask(CharacterSet.Number(modem.Profile.CharacterSet, arguments[1]));
        }

        return CommandOutcome.Ok;
    }
}
