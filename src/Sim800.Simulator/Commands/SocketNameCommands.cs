using System.Net;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Commands;

/// <summary>Names and echo requests of the LTE modules.</summary>
internal static class SocketNameCommands
{
    private const int NameUnknown = 10;
    private const int Pings = 4;
    private const int PingSize = 64;
    private const int HopsLeft = 64;
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(1);

    internal static readonly CommandRow[] Rows =
    [
        new("+CDNSGIP") { Set = Resolve },
        new("+CPING") { Set = Ping },
    ];

    /// <summary>The answer comes before the OK.</summary>
    private static CommandOutcome Resolve(ModemEngine modem, CommandArguments arguments)
    {
        var host = arguments[0];
        if (arguments.Count != 1 || host.Length == 0)
        {
            return CommandOutcome.Error;
        }

        if (!modem.Radio.IsAttached || modem.Faults.FindsNoName)
        {
            return SayUnknown(modem);
        }

        modem.Ip.Connector.Resolve(host, address => modem.After(TimeSpan.Zero, () => modem.Interpreter.Complete(SayAddress(modem, host, address))));
        return CommandOutcome.Pending;
    }

    private static CommandOutcome SayAddress(ModemEngine modem, string host, IPAddress? address)
    {
        if (address is null)
        {
            return SayUnknown(modem);
        }

        modem.Reply.Information($"+CDNSGIP: 1,\"{host}\",\"{address}\"");
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SayUnknown(ModemEngine modem)
    {
        modem.Reply.Information(Invariant($"+CDNSGIP: 0,{NameUnknown}"));
        return CommandOutcome.Error;
    }

    /// <summary>The second parameter, which says IPv4, is required.</summary>
    private static CommandOutcome Ping(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments[0].Length == 0 || arguments[1] is not "1" || !arguments.TryInteger(2, 1, 100, Pings, out var times) || !modem.Radio.IsAttached)
        {
            return CommandOutcome.Error;
        }

        modem.After(TimeSpan.Zero, () => modem.Ip.Connector.Resolve(arguments[0], address => Ping(modem, address, times, 0)));
        return CommandOutcome.Ok;
    }

    private static void Ping(ModemEngine modem, IPAddress? address, int times, int done)
    {
        var time = (int)modem.Options.RoundTripTime.TotalMilliseconds;
        if (address is null)
        {
            modem.Reply.Unsolicited(Invariant($"+CPING: 3,{times},0,{times},0,0,0"));
        }
        else if (done == times)
        {
            modem.Reply.Unsolicited(Invariant($"+CPING: 3,{times},{times},0,{time},{time},{time}"));
        }
        else
        {
            modem.After(done == 0 ? modem.Options.RoundTripTime : BetweenPings, () =>
            {
                modem.Reply.Unsolicited(Invariant($"+CPING: 1,{address},{PingSize},{time},{HopsLeft}"));
                Ping(modem, address, times, done + 1);
            });
        }
    }
}
