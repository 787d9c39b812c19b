using System.Text;
using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Commands;

/// <summary>AT+CIPRXGET: 0 and 1 set the mode, 2 reads bytes, 3 reads hexadecimal, 4 asks how much is there.</summary>
internal static class ReceiveCommands
{
    private const int MostRaw = 1460;
    private const int MostHex = 730;
    private const int Query = 4;

    internal static readonly CommandRow[] Rows =
    [
        new("+CIPRXGET")
        {
            Read = (modem, _) =>
            {
                modem.Reply.Information(modem.Gprs.Settings.ManualReceive ? "+CIPRXGET: 1" : "+CIPRXGET: 0");
                return CommandOutcome.Ok;
            },
            Test = Handlers.Say(modem => modem.Gprs.Settings.Multi ? Invariant($"+CIPRXGET: (0-4),(0-{modem.Gprs.LastLink}),(1-1460)") : "+CIPRXGET: (0-4),(1-1460)"),
            Set = Set,
        },
    ];

    private static CommandOutcome Set(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, Query, out var mode))
        {
            return CommandOutcome.Error;
        }

        return mode < 2 ? SetMode(modem, arguments, mode == 1) : OnLink(modem, arguments, mode);
    }

    /// <summary>The mode must be chosen before the first connection.</summary>
    private static CommandOutcome SetMode(ModemEngine modem, CommandArguments arguments, bool manual)
    {
        if (arguments.Count > 1 || Array.Exists(modem.Gprs.Links, link => link.IsBusy))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.ManualReceive = manual;
        return CommandOutcome.Ok;
    }

    private static CommandOutcome OnLink(ModemEngine modem, CommandArguments arguments, int mode)
    {
        var first = modem.Gprs.Settings.Multi ? 1 : 0;
        var number = 0;
        if (!modem.Gprs.Settings.ManualReceive || arguments.Count != first + (mode == Query ? 1 : 2)
            || (first == 1 && !arguments.TryInteger(1, 0, modem.Gprs.LastLink, out number)))
        {
            return CommandOutcome.Error;
        }

        var link = modem.Gprs.Links[number];
        if (!link.IsOpen && link.Received.Count == 0)
        {
            return CommandOutcome.Error;
        }

        if (mode == Query)
        {
            modem.Faults.BeforeReadAnswer(link);
            modem.Reply.Information(Header(modem, Query, link) + Invariant($"{link.Received.Count}"));
            return CommandOutcome.Ok;
        }

        var most = mode == 2 ? MostRaw : MostHex;
        return arguments.TryInteger(first + 1, 1, most, out var wanted) ? Read(modem, link, mode, wanted) : CommandOutcome.Error;
    }

    private static CommandOutcome Read(ModemEngine modem, IpLink link, int mode, int wanted)
    {
        modem.Faults.BeforeReadAnswer(link);
        var bytes = modem.Gprs.Receiver.Take(link, wanted);
        var source = modem.Gprs.Settings.ShowSource ? "," + link.Source : "";
        modem.Reply.Information(Header(modem, mode, link) + Invariant($"{bytes.Length},{link.Received.Count}{source}"));
        modem.Reply.Raw(modem.Faults.Truncated(mode == 2 ? bytes : Encoding.ASCII.GetBytes(Convert.ToHexString(bytes))));
        modem.Faults.BeforeReadFinal();
        return CommandOutcome.Ok;
    }

    private static string Header(ModemEngine modem, int mode, IpLink link) =>
        modem.Gprs.Settings.Multi ? Invariant($"+CIPRXGET: {mode},{link.Number},") : Invariant($"+CIPRXGET: {mode},");
}
