using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>How the socket service behaves. All of it is lost at a reboot.</summary>
internal static class SocketSettingCommands
{
    private const int ShortestTimeout = 3000;
    private const int LongestTimeout = 120_000;

    /// <summary>The limits of AT+CIPCCFG's fields.</summary>
    private static readonly (int Least, int Most)[] Limits = [(0, 10), (0, 1000), (0, 0), (0, 1), (0, 1), (0, 1), (500, 120_000), (0, 1)];

    internal static readonly CommandRow[] Rows =
    [
        SocketSettings.Mode.Row with { Set = SetMode },
        SocketSettings.SendMode.Row,
        SocketSettings.Head.Row,
        SocketSettings.Source.Row,
        new("+CIPTIMEOUT")
        {
            Read = Say(modem => modem.Sockets.Settings.Timeouts is var (open, connect, send) ? Invariant($"+CIPTIMEOUT: {open},{connect},{send}") : ""),
            Test = Say("+CIPTIMEOUT: (3000-120000),(3000-120000),(3000-120000)"),
            Set = SetTimeouts,
        },
        new("+CIPCCFG")
        {
            Read = Say(modem => "+CIPCCFG: " + string.Join(',', modem.Sockets.Settings.Configuration)),
            Test = Say("+CIPCCFG: (0-10),(0-1000),(0),(0,1),(0,1),(0,1),(500-120000)"),
            Set = Configure,
        },
    ];

    /// <summary>Transparent mode is chosen before the service opens.</summary>
    private static CommandOutcome SetMode(ModemEngine modem, CommandArguments arguments) =>
        modem.Sockets.IsClosed ? SocketSettings.Mode.Set(modem, arguments) : CommandOutcome.Error;

    private static CommandOutcome SetTimeouts(ModemEngine modem, CommandArguments arguments)
    {
        var (open, connect, send) = modem.Sockets.Settings.Timeouts;
        if (arguments.Count > 3 || !arguments.TryInteger(0, ShortestTimeout, LongestTimeout, open, out open)
            || !arguments.TryInteger(1, ShortestTimeout, LongestTimeout, connect, out connect)
            || !arguments.TryInteger(2, ShortestTimeout, LongestTimeout, send, out send))
        {
            return CommandOutcome.Error;
        }

        modem.Sockets.Settings = modem.Sockets.Settings with { Timeouts = (open, connect, send) };
        return CommandOutcome.Ok;
    }

    /// <summary>A field that is left out keeps its value.</summary>
    private static CommandOutcome Configure(ModemEngine modem, CommandArguments arguments)
    {
        int[] fields = [.. modem.Sockets.Settings.Configuration, .. new int[Math.Max(0, Math.Min(arguments.Count, Limits.Length) - modem.Sockets.Settings.Configuration.Count)]];
        if (arguments.Count > Limits.Length)
        {
            return CommandOutcome.Error;
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments.TryInteger(i, Limits[i].Least, Limits[i].Most, fields[i], out fields[i]))
            {
                return CommandOutcome.Error;
            }
        }

        modem.Sockets.Settings = modem.Sockets.Settings with { Configuration = fields };
        return CommandOutcome.Ok;
    }
}
