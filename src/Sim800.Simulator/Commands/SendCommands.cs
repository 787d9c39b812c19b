using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Commands;

/// <summary>AT+CIPSEND: a counted payload, or one that ends with Ctrl-Z.</summary>
internal static class SendCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CIPSEND") { Execute = SendUntilCtrlZ, Read = ReadRoom, Set = Send, Test = (_, _) => CommandOutcome.Ok },
    ];

    private static CommandOutcome SendUntilCtrlZ(ModemEngine modem, CommandArguments arguments) =>
        modem.Gprs.Settings.Multi ? CommandOutcome.Error : Begin(modem, modem.Gprs.Links[0], null);

    private static CommandOutcome Send(ModemEngine modem, CommandArguments arguments)
    {
        var first = modem.Gprs.Settings.Multi ? 1 : 0;
        var number = 0;
        if (first == 1 && !arguments.TryInteger(0, 0, modem.Gprs.LastLink, out number))
        {
            return CommandOutcome.Error;
        }

        var link = modem.Gprs.Links[number];
        if (first == 1 && arguments.Count == 1)
        {
            return Begin(modem, link, null);
        }

        return arguments.Count == first + 1 && arguments.TryInteger(first, 1, modem.Gprs.Sender.MostAtOnce, out var length)
            ? Begin(modem, link, length)
            : CommandOutcome.Error;
    }

    private static CommandOutcome Begin(ModemEngine modem, IpLink link, int? length) =>
        link.IsOpen && !modem.Gprs.Settings.Transparent ? new SendExchange(modem, link).Begin(length) : CommandOutcome.NotAllowed;

    private static CommandOutcome ReadRoom(ModemEngine modem, CommandArguments arguments)
    {
        var sender = modem.Gprs.Sender;
        modem.Reply.Information(modem.Gprs.Settings.Multi
            ? modem.Gprs.Links.Select(link => Invariant($"+CIPSEND: {link.Number},{sender.RoomOf(link)}"))
            : [Invariant($"+CIPSEND: {sender.RoomOf(modem.Gprs.Links[0])}")]);
        return CommandOutcome.Ok;
    }
}
