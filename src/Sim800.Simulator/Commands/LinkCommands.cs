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
        var number = modem.Gprs.Settings.Multi ? Invariant($"(0-{modem.Gprs.LastLink}),") : "";
        modem.Reply.Information(
        [
            $"+CIPSTART: {number}(\"TCP\",\"UDP\"),(\"(0-255).(0-255).(0-255).(0-255)\"),(1-65535)",
            $"+CIPSTART: {number}(\"TCP\",\"UDP\"),(\"DOMAIN NAME\"),(1-65535)",
        ]);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome Start(ModemEngine modem, CommandArguments arguments)
    {
        var first = modem.Gprs.Settings.Multi ? 1 : 0;
        var number = 0;
        if ((first == 1 && !arguments.TryInteger(0, 0, modem.Gprs.LastLink, out number))
            || arguments[first].ToUpperInvariant() is not (("TCP" or "UDP") and var protocol)
            || arguments[first + 1].Length == 0 || arguments.Count != first + 3
            || !arguments.TryInteger(first + 2, 1, 65535, out var port))
        {
            return CommandOutcome.NotAllowed;
        }

        var link = modem.Gprs.Links[number];
        if (link.IsBusy)
        {
            modem.Gprs.Say(link, "ALREADY CONNECT");
            return CommandOutcome.Said;
        }

        var host = arguments[first + 1];
        return Start(modem, link, () => modem.Gprs.Connector.Connect(link, host, port, protocol is "UDP"));
    }

    private static CommandOutcome Start(ModemEngine modem, IpLink link, Action connect)
    {
        var ip = modem.Gprs;
        switch (ip.State)
        {
            case GprsState.Status:
            case GprsState.TcpClosed:
                AfterOk(modem, connect);
                return CommandOutcome.Ok;
            case GprsState.Initial when !ip.Settings.Multi && modem.Radio.IsAttached:
                ip.BringUpSilently(connect, () => ip.Failed(link, ConnectFailure.Refused));
                return CommandOutcome.Ok;
            case GprsState.PdpDeact when !ip.Settings.Multi:
                AfterOk(modem, () => ip.Failed(link, ConnectFailure.Refused));
                return CommandOutcome.Ok;
            default:
                return CommandOutcome.NotAllowed;
        }
    }

    /// <summary>What a command starts comes after its OK, even when it takes no time.</summary>
    private static void AfterOk(ModemEngine modem, Action action) => modem.After(TimeSpan.Zero, action);

    private static CommandOutcome CloseSingle(ModemEngine modem, CommandArguments arguments) =>
        modem.Gprs.Settings.Multi ? CommandOutcome.Error : Close(modem, modem.Gprs.Links[0], quick: false);

    private static CommandOutcome Close(ModemEngine modem, CommandArguments arguments)
    {
        var first = modem.Gprs.Settings.Multi ? 1 : 0;
        var number = 0;
        if (arguments.Count > first + 1
            || (first == 1 && !arguments.TryInteger(0, 0, modem.Gprs.LastLink, out number))
            || !arguments.TryInteger(first, 0, 1, 0, out var quick))
        {
            return CommandOutcome.Error;
        }

        return Close(modem, modem.Gprs.Links[number], quick == 1);
    }

    private static CommandOutcome Close(ModemEngine modem, IpLink link, bool quick)
    {
        if (modem.Gprs.State is GprsState.ServerListening)
        {
            modem.Gprs.ListeningPort = null;
            modem.Gprs.Say(link, "CLOSE OK");
            return CommandOutcome.Said;
        }

        if (!link.IsBusy || link.State is LinkState.Closing)
        {
            return CommandOutcome.NotAllowed;
        }

        var ended = false;
        var waiting = false;
        modem.Gprs.Connector.Close(link, quick, () =>
        {
            modem.Transparent.Leave();
            modem.Gprs.Say(link, "CLOSE OK");
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
        modem.Reply.Information("STATE: " + modem.Gprs.StateName);
        if (modem.Gprs.Settings.Multi)
        {
            string[] server = modem.Gprs.ListeningPort is { } port ? [Invariant($"S: 0,0,\"{port}\",\"LISTENING\"")] : [];
            modem.Reply.Information([.. server, .. modem.Gprs.Links.Select(link => "C: " + Describe(link))]);
        }

        return CommandOutcome.Said;
    }

    private static CommandOutcome LinkStatus(ModemEngine modem, CommandArguments arguments)
    {
        if (!modem.Gprs.Settings.Multi || !arguments.TryInteger(0, 0, modem.Gprs.LastLink, out var number))
        {
            return CommandOutcome.Error;
        }

        modem.Reply.Information("+CIPSTATUS: " + Describe(modem.Gprs.Links[number]));
        return CommandOutcome.Ok;
    }

    private static string Describe(IpLink link) => link.State is LinkState.Initial
        ? Invariant($"{link.Number},,\"\",\"\",\"\",\"INITIAL\"")
        : Invariant($"{link.Number},0,\"{link.Protocol}\",\"{link.Address}\",\"{link.Port}\",\"{StateText.Of(link.State)}\"");

    private static CommandOutcome Acknowledged(ModemEngine modem, CommandArguments arguments)
    {
        var number = 0;
        if (modem.Gprs.Settings.Multi ? !arguments.TryInteger(0, 0, modem.Gprs.LastLink, out number) : arguments.Count > 0)
        {
            return CommandOutcome.Error;
        }

        var link = modem.Gprs.Links[number];
        if (!link.IsOpen)
        {
            return CommandOutcome.NotAllowed;
        }

        modem.Reply.Information(Invariant($"+CIPACK: {link.Sent},{link.Acknowledged},{link.Unacknowledged}"));
        return CommandOutcome.Ok;
    }
}
