using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The socket service: opened, closed, its address.</summary>
internal static class SocketServiceCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+NETOPEN") { Execute = (modem, _) => modem.Sockets.Open(), Read = Say(modem => modem.Sockets.IsContextUp ? "+NETOPEN: 1" : "+NETOPEN: 0") },
        new("+NETCLOSE") { Execute = (modem, _) => modem.Sockets.Close() },
        new("+IPADDR") { Execute = SayAddress },
    ];

    private static CommandOutcome SayAddress(ModemEngine modem, CommandArguments arguments)
    {
        if (!modem.Sockets.IsContextUp)
        {
            return modem.Sockets.Refuse(IpError.NotOpened);
        }

        modem.Reply.Information("+IPADDR: " + modem.Sockets.Address);
        return CommandOutcome.Ok;
    }
}
