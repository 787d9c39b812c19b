using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>AT+CIPSERVER: the modem listens. Nobody comes, as behind an operator that gives private addresses.</summary>
internal static class ServerCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CIPSERVER")
        {
            Read = Say(modem => modem.Gprs.ListeningPort is { } port ? Invariant($"+CIPSERVER: 1,{port},0,0") : "+CIPSERVER: 0"),
            Test = Say("+CIPSERVER: (0-CLOSE SERVER,1-OPEN SERVER),(1-65535)"),
            Set = Set,
        },
    ];

    private static CommandOutcome Set(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var mode) || arguments.Count != mode + 1)
        {
            return CommandOutcome.Error;
        }

        if (mode == 0)
        {
            return Close(modem);
        }

        return arguments.TryInteger(1, 1, 65_535, out var port) && modem.Gprs.ListeningPort is null ? Open(modem, port) : CommandOutcome.Error;
    }

    private static CommandOutcome Open(ModemEngine modem, int port)
    {
        var ip = modem.Gprs;
        switch (ip.State)
        {
            case GprsState.Status:
                modem.After(TimeSpan.Zero, () => Listen(modem, port));
                return CommandOutcome.Ok;
            case GprsState.Initial when !ip.Settings.Multi && modem.Radio.IsAttached:
                ip.BringUpSilently(() => Listen(modem, port), () => modem.Reply.Unsolicited("SERVER CLOSE"));
                return CommandOutcome.Ok;
            default:
                return CommandOutcome.Error;
        }
    }

    private static void Listen(ModemEngine modem, int port)
    {
        modem.Gprs.ListeningPort = port;
        modem.Reply.Unsolicited("SERVER OK");
    }

    private static CommandOutcome Close(ModemEngine modem)
    {
        if (modem.Gprs.ListeningPort is null)
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.ListeningPort = null;
        modem.After(TimeSpan.Zero, () => modem.Reply.Unsolicited("SERVER CLOSE"));
        return CommandOutcome.Ok;
    }
}
