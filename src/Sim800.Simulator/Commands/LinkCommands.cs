using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;

namespace Sim800.Simulator.Commands;

/// <summary>Opening, closing and asking after TCP links.</summary>
internal static class LinkCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CIPSTART") { Set = Start, Test = Ranges },
        new("+CIPCLOSE") { Execute = CloseSingle, Set = Close },
        new("+CIPSTATUS") { Execute = Status, Set = LinkStatus },
        new("+CIPACK") { Execute = Acknowledged, Set = Acknowledged },
    ];

    private static CommandOutcome Ranges(ModemEngine modem, CommandArguments arguments)
    {
        var number = modem.Ip.Settings.Multi ? "(0-5)," : "";
        modem.Reply.Information(
        [
            $"+CIPSTART: {number}(\"TCP\",\"UDP\"),(\"(0-255).(0-255).(0-255).(0-255)\"),(1-65535)",
            $"+CIPSTART: {number}(\"TCP\",\"UDP\"),(\"DOMAIN NAME\"),(1-65535)",
        ]);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome Start(ModemEngine modem, CommandArguments arguments)
    {
        var first = modem.Ip.Settings.Multi ? 1 : 0;
        var number = 0;
        if ((first == 1 && !arguments.TryInteger(0, 0, IpStack.LinkCount - 1, out number))
            || arguments[first].ToUpperInvariant() is not (("TCP" or "UDP") and var protocol)
            || arguments[first + 1].Length == 0 || arguments.Count != first + 3
            || !arguments.TryInteger(first + 2, 1, 65535, out var port))
        {
            return CommandOutcome.NotAllowed;
        }

        var link = modem.Ip.Links[number];
        if (link.IsBusy)
        {
            modem.Ip.Say(link, "ALREADY CONNECT");
            return CommandOutcome.Said;
        }

        var host = arguments[first + 1];
        return Start(modem, link, () => modem.Ip.Connector.Connect(link, host, port, protocol is "UDP"));
    }

    private static CommandOutcome Start(ModemEngine modem, IpLink link, Action connect)
    {
        var ip = modem.Ip;
        switch (ip.State)
        {
            case IpState.Status:
            case IpState.TcpClosed:
                AfterOk(modem, connect);
                return CommandOutcome.Ok;
            case IpState.Initial when !ip.Settings.Multi && modem.Radio.IsAttached:
                ip.BringUpSilently(connect, () => ip.Connector.SayFailed(link));
                return CommandOutcome.Ok;
            case IpState.PdpDeact when !ip.Settings.Multi:
                AfterOk(modem, () => ip.Connector.SayFailed(link));
                return CommandOutcome.Ok;
            default:
                return CommandOutcome.NotAllowed;
        }
    }

    /// <summary>What a command starts comes after its OK, even when it takes no time.</summary>
    private static void AfterOk(ModemEngine modem, Action action) => modem.After(TimeSpan.Zero, action);

    private static CommandOutcome CloseSingle(ModemEngine modem, CommandArguments arguments) =>
        modem.Ip.Settings.Multi ? CommandOutcome.Error : Close(modem, modem.Ip.Links[0], quick: false);

    private static CommandOutcome Close(ModemEngine modem, CommandArguments arguments)
    {
        var first = modem.Ip.Settings.Multi ? 1 : 0;
        var number = 0;
        if (arguments.Count > first + 1
            || (first == 1 && !arguments.TryInteger(0, 0, IpStack.LinkCount - 1, out number))
            || !arguments.TryInteger(first, 0, 1, 0, out var quick))
        {
            return CommandOutcome.Error;
        }

        return Close(modem, modem.Ip.Links[number], quick == 1);
    }

    private static CommandOutcome Close(ModemEngine modem, IpLink link, bool quick)
    {
        if (modem.Ip.State is IpState.ServerListening)
        {
            modem.Ip.ListeningPort = null;
            modem.Ip.Say(link, "CLOSE OK");
            return CommandOutcome.Said;
        }

        if (!link.IsBusy || link.State is LinkState.Closing)
        {
            return CommandOutcome.NotAllowed;
        }

        var ended = false;
        var waiting = false;
        modem.Ip.Connector.Close(link, quick, () =>
        {
            modem.Transparent.Leave();
            modem.Ip.Say(link, "CLOSE OK");
            ended = true;
            if (waiting)
            {
                modem.Interpreter.Complete(CommandOutcome.Said);
            }
        });
        waiting = !ended;
        return ended ? CommandOutcome.Said : CommandOutcome.Pending;
    }

    /// <summary>The OK comes first, the state after it.</summary>
    private static CommandOutcome Status(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Final(CommandOutcome.Ok);
        modem.Reply.Information("STATE: " + modem.Ip.StateName);
        if (modem.Ip.Settings.Multi)
        {
            string[] server = modem.Ip.ListeningPort is { } port ? [Invariant($"S: 0,0,\"{port}\",\"LISTENING\"")] : [];
            modem.Reply.Information([.. server, .. modem.Ip.Links.Select(link => "C: " + Describe(link))]);
        }

        return CommandOutcome.Said;
    }

    private static CommandOutcome LinkStatus(ModemEngine modem, CommandArguments arguments)
    {
        if (!modem.Ip.Settings.Multi || !arguments.TryInteger(0, 0, IpStack.LinkCount - 1, out var number))
        {
            return CommandOutcome.Error;
        }

        modem.Reply.Information("+CIPSTATUS: " + Describe(modem.Ip.Links[number]));
        return CommandOutcome.Ok;
    }

    private static string Describe(IpLink link) => link.State is LinkState.Initial
        ? Invariant($"{link.Number},,\"\",\"\",\"\",\"INITIAL\"")
        : Invariant($"{link.Number},0,\"{link.Protocol}\",\"{link.Address}\",\"{link.Port}\",\"{StateText.Of(link.State)}\"");

    private static CommandOutcome Acknowledged(ModemEngine modem, CommandArguments arguments)
    {
        var number = 0;
        if (modem.Ip.Settings.Multi ? !arguments.TryInteger(0, 0, IpStack.LinkCount - 1, out number) : arguments.Count > 0)
        {
            return CommandOutcome.Error;
        }

        var link = modem.Ip.Links[number];
        if (!link.IsOpen)
        {
            return CommandOutcome.NotAllowed;
        }

        modem.Reply.Information(Invariant($"+CIPACK: {link.Sent},{link.Acknowledged},{link.Unacknowledged}"));
        return CommandOutcome.Ok;
    }
}
