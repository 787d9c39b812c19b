using System.Text;
using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Bytes over the links of the socket service: AT+CIPSEND, AT+CIPRXGET, and the way back into transparent mode.</summary>
internal static class SocketDataCommands
{
    private const int Query = 4;
    private const int MostHex = 750;

    internal static readonly CommandRow[] Rows =
    [
        new("O") { Execute = (modem, _) => modem.Transparent.Reenter() },
        new("+CIPSEND") { Set = Send, Test = Say(modem => Invariant($"+CIPSEND: (0-{modem.Ip.LastLink}),(1-{modem.Ip.LargestPacket})")) },
        new("+CIPRXGET")
        {
            Read = Say(modem => modem.Ip.IsManual ? "+CIPRXGET: 1" : "+CIPRXGET: 0"),
            Test = Say(modem => Invariant($"+CIPRXGET: (0-4),(0-{modem.Ip.LastLink}),(1-{modem.Ip.LargestPacket})")),
            Set = Receive,
        },
    ];

    private static CommandOutcome Send(ModemEngine modem, CommandArguments arguments)
    {
        int? length = null;
        if (arguments.Has(1))
        {
            length = arguments.TryInteger(1, 1, modem.Ip.Sender.MostAtOnce, out var counted) ? counted : 0;
        }

        return Obstacle(modem, arguments, length, out var link) is { } error
            ? modem.Sockets.RefuseSend(error)
            : new SocketSend(modem, link).Begin(length);
    }

    private static SocketError? Obstacle(ModemEngine modem, CommandArguments arguments, int? length, out IpLink link)
    {
        var isLink = arguments.TryInteger(0, 0, modem.Ip.LastLink, out var number);
        link = modem.Ip.Links[isLink ? number : 0];
        return link switch
        {
            _ when !isLink || length == 0 || arguments.Count != 2 => SocketError.WrongParameter,
            _ when !modem.Sockets.IsContextUp => SocketError.NotOpened,
            { IsOpen: false } => SocketError.NotSupported,
            _ when SocketSettings.Mode.Of(modem) == 1 => SocketError.NotSupported,
            { OnAcknowledged: not null } => SocketError.Busy,
            _ => null,
        };
    }

    private static CommandOutcome Receive(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, Query, out var mode))
        {
            return modem.Sockets.Refuse(IpError.InvalidParameter);
        }

        return mode < 2 ? SetMode(modem, arguments, mode == 1) : SocketCommands.OnLink(modem, arguments, 1, link => OnLink(modem, arguments, link, mode));
    }

    /// <summary>Back to push mode, what is stored goes to the port.</summary>
    private static CommandOutcome SetMode(ModemEngine modem, CommandArguments arguments, bool manual)
    {
        if (arguments.Count > 1)
        {
            return modem.Sockets.Refuse(IpError.InvalidParameter);
        }

        modem.Sockets.Settings = modem.Sockets.Settings with { IsManual = manual };
        return CommandOutcome.Ok;
    }

    private static CommandOutcome OnLink(ModemEngine modem, CommandArguments arguments, IpLink link, int mode)
    {
        if (!modem.Ip.IsManual)
        {
            return modem.Sockets.Refuse(IpError.NotSupported);
        }

        if (mode == Query)
        {
            modem.Faults.BeforeReadAnswer(link);
            modem.Reply.Information(Invariant($"+CIPRXGET: {Query},{link.Number},{link.Received.Count}"));
            return CommandOutcome.Ok;
        }

        var most = mode == 2 ? modem.Ip.LargestPacket : MostHex;
        return arguments.TryInteger(2, 1, most, most, out var wanted) ? Read(modem, link, mode, wanted) : modem.Sockets.Refuse(IpError.InvalidParameter);
    }

    /// <summary>Where there is nothing, "No data" is an error; so it is where there is no link.</summary>
    private static CommandOutcome Read(ModemEngine modem, IpLink link, int mode, int wanted)
    {
        modem.Faults.BeforeReadAnswer(link);
        if (link.Received.Count == 0 || modem.Faults.HidesData())
        {
            return modem.Sockets.Refuse(IpError.NoData);
        }

        var bytes = modem.Ip.Receiver.Take(link, wanted);
        modem.Reply.Information(Invariant($"+CIPRXGET: {mode},{link.Number},{bytes.Length},{link.Received.Count}"));
        modem.Reply.Raw(modem.Faults.Truncated(mode == 2 ? bytes : Encoding.ASCII.GetBytes(Convert.ToHexString(bytes))));
        modem.Faults.BeforeReadFinal();
        return CommandOutcome.Ok;
    }
}
