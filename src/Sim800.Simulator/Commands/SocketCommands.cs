using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The links of the socket service: opened, closed, asked after.</summary>
internal static class SocketCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CIPOPEN")
        {
            Read = ListLinks,
            Test = Say(modem => Invariant($"+CIPOPEN: (0-{modem.Ip.LastLink}),(\"TCP\")")),
            Set = Open,
        },
        new("+CIPCLOSE")
        {
            Read = Say(modem => "+CIPCLOSE: " + string.Join(',', modem.Ip.Links.Select(link => link.IsOpen ? '1' : '0'))),
            Test = Say(modem => Invariant($"+CIPCLOSE: (0-{modem.Ip.LastLink})")),
            Set = (modem, arguments) => OnLink(modem, arguments, 0, modem.Sockets.Disconnect),
        },
        new("+CIPACK") { Set = (modem, arguments) => OnLink(modem, arguments, 0, link => SayAcknowledged(modem, link)) },
    ];

    /// <summary>The link whose number stands at that place.</summary>
    internal static CommandOutcome OnLink(ModemEngine modem, CommandArguments arguments, int at, Func<IpLink, CommandOutcome> then) =>
        arguments.TryInteger(at, 0, modem.Ip.LastLink, out var number) ? then(modem.Ip.Links[number]) : modem.Sockets.Refuse(IpError.InvalidParameter);

    private static CommandOutcome Open(ModemEngine modem, CommandArguments arguments) => OnLink(modem, arguments, 0, link =>
    {
        if (arguments[1].ToUpperInvariant() is "UDP")
        {
            return modem.Sockets.Refuse(IpError.NotSupported);
        }

        var isTransparent = SocketSettings.Mode.Of(modem) == 1;
        if (arguments[1].ToUpperInvariant() is not "TCP" || arguments[2].Length == 0 || arguments.Count > 5
            || !arguments.TryInteger(3, 1, 65535, out var port) || !arguments.TryInteger(4, 0, 65535, 0, out _)
            || (isTransparent && link.Number != 0))
        {
            return modem.Sockets.Refuse(IpError.InvalidParameter);
        }

        return link.IsBusy ? modem.Sockets.Refuse(IpError.AlreadyCreated) : modem.Sockets.Connect(link, arguments[2], port);
    });

    private static CommandOutcome ListLinks(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(modem.Ip.Links.Select(link => link.IsOpen
            ? Invariant($"+CIPOPEN: {link.Number},\"{link.Protocol}\",\"{link.Address}\",{link.Port},-1")
            : Invariant($"+CIPOPEN: {link.Number}")));
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SayAcknowledged(ModemEngine modem, IpLink link)
    {
        if (!link.IsOpen)
        {
            return modem.Sockets.Refuse(IpError.NotCreated);
        }

        modem.Reply.Information(Invariant($"+CIPACK: {link.Sent},{link.Acknowledged},{link.Total}"));
        return CommandOutcome.Ok;
    }
}
