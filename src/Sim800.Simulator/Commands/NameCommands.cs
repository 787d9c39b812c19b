using System.Net;
using Sim800.Simulator.Machine;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Name servers and names.</summary>
internal static class NameCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CDNSCFG")
        {
            Read = ReadServers,
            Test = Say("+CDNSCFG: (\"Primary DNS\"),(\"Secondary DNS\")"),
            Set = SetServers,
        },
        new("+CDNSGIP") { Set = Resolve },
    ];

    private static CommandOutcome ReadServers(ModemEngine modem, CommandArguments arguments)
    {
        var (primary, secondary) = modem.Gprs.Settings.NameServers;
        modem.Reply.Information(["PrimaryDns: " + primary, "SecondaryDns: " + secondary]);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetServers(ModemEngine modem, CommandArguments arguments)
    {
        var secondary = arguments.Has(1) ? arguments[1] : "0.0.0.0";
        if (!IPAddress.TryParse(arguments[0], out _) || !IPAddress.TryParse(secondary, out _))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.NameServers = (arguments[0], secondary);
        return CommandOutcome.Ok;
    }

    /// <summary>The OK comes at once, the answer as a URC.</summary>
    private static CommandOutcome Resolve(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count != 1 || arguments[0].Length == 0)
        {
            return CommandOutcome.Error;
        }

        var host = arguments[0];
        if (!modem.Gprs.IsContextUp)
        {
            modem.After(TimeSpan.Zero, () => modem.Reply.Unsolicited("+CDNSGIP: 0,3"));
            return CommandOutcome.Ok;
        }

        modem.After(TimeSpan.Zero, () => modem.Gprs.Connector.Resolve(host, address => modem.Reply.Unsolicited(
            address is null ? "+CDNSGIP: 0,8" : $"+CDNSGIP: 1,\"{host}\",\"{address}\"")));
        return CommandOutcome.Ok;
    }
}
