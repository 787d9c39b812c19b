using System.Globalization;
using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The application bearer and what runs over it: network time, location.</summary>
internal static class BearerCommands
{
    private static readonly string[] ParameterNames = ["CONTYPE", "APN", "USER", "PWD", "PHONENUM", "RATE"];

    internal static readonly CommandRow[] Rows =
    [
        new("+SAPBR") { Set = Control, NeedsSim = true },
        new("+CNTPCID") { Read = Say("+CNTPCID: 1"), Set = Number(1, 3, (_, _) => { }) },
        new("+CNTP")
        {
            Execute = Synchronise,
            Read = Say(modem => Invariant($"+CNTP: \"{modem.Clock.TimeServer}\",{modem.Clock.TimeServerZone}")),
            Set = SetTimeServer,
        },
        new("+CIPGSMLOC") { Set = Locate },
        new("+CLBS") { Set = LocateByCells, Test = Say("+CLBS: (1,4),(1-3)") },
    ];

    private static CommandOutcome Control(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 4, out var operation) || !arguments.TryInteger(1, 1, 3, out var id) || id != 1)
        {
            return CommandOutcome.Error;
        }

        switch (operation)
        {
            case 0:
                return modem.Bearer.Close();
            case 1:
                return modem.Bearer.Open();
            case 2:
                modem.Reply.Information(Invariant($"+SAPBR: 1,{modem.Bearer.Status},\"{modem.Bearer.Address}\""));
                return CommandOutcome.Ok;
            case 3:
                return SetParameter(modem, arguments);
            default:
                modem.Reply.Information(["+SAPBR:", .. modem.Bearer.Parameters.Select(pair => $"{pair.Key}: {pair.Value}")]);
                return CommandOutcome.Ok;
        }
    }

    private static CommandOutcome SetParameter(ModemEngine modem, CommandArguments arguments)
    {
        var name = arguments[2].ToUpper(CultureInfo.InvariantCulture);
        var longest = name is "APN" ? 64 : 32;
        if (Array.IndexOf(ParameterNames, name) < 0 || arguments[3].Length > longest)
        {
            return CommandOutcome.Error;
        }

        modem.Bearer.Parameters[name] = arguments[3];
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetTimeServer(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments[0].Length == 0 || !arguments.TryInteger(1, -47, 48, 0, out var zone))
        {
            return CommandOutcome.Error;
        }

        (modem.Clock.TimeServer, modem.Clock.TimeServerZone) = (arguments[0], zone);
        return CommandOutcome.Ok;
    }

    /// <summary>1 is success; 61 no network, 62 the server's name is unknown.</summary>
    private static CommandOutcome Synchronise(ModemEngine modem, CommandArguments arguments)
    {
        modem.After(modem.Options.RoundTripTime, () =>
        {
            var code = modem.Bearer.Status != Bearer.Connected ? 61 : modem.Clock.TimeServer.Length == 0 || modem.Faults.FailsTimeServer() ? 62 : 1;
            if (code == 1)
            {
                modem.Clock.SetTrueTime(modem.Clock.TimeServerZone);
            }

            modem.Reply.Unsolicited(Invariant($"+CNTP: {code}"));
        });
        return CommandOutcome.Ok;
    }

    private static CommandOutcome Locate(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 1, 2, out var what) || arguments[1] is not "1")
        {
            return CommandOutcome.Error;
        }

        modem.After(modem.Options.RoundTripTime, () =>
        {
            modem.Reply.Information("+CIPGSMLOC: " + Location(modem, what));
            modem.Interpreter.Complete(CommandOutcome.Ok);
        });
        return CommandOutcome.Pending;
    }

    /// <summary>Type 1 is longitude, latitude and accuracy in metres; type 4 adds date and time.</summary>
    private static CommandOutcome LocateByCells(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 1, 4, out var type) || type is 2 or 3 || !arguments.TryInteger(1, 1, 3, out _))
        {
            return CommandOutcome.Error;
        }

        modem.After(modem.Options.RoundTripTime, () =>
        {
            var (longitude, latitude) = modem.Options.Location;
            var time = type == 4 ? modem.Clock.TrueUtc.ToString(",yy/MM/dd,HH:mm:ss", CultureInfo.InvariantCulture) : "";
            modem.Reply.Information(modem.Bearer.Status == Bearer.Connected
                ? Invariant($"+CLBS: 0,{longitude:F6},{latitude:F6},550{time}")
                : "+CLBS: 3");
            modem.Interpreter.Complete(CommandOutcome.Ok);
        });
        return CommandOutcome.Pending;
    }

    private static string Location(ModemEngine modem, int what)
    {
        if (modem.Bearer.Status != Bearer.Connected)
        {
            return "601";
        }

        var time = modem.Clock.TrueUtc.ToString("yyyy/MM/dd,HH:mm:ss", CultureInfo.InvariantCulture);
        var (longitude, latitude) = modem.Options.Location;
        return what == 1 ? Invariant($"0,{longitude:F6},{latitude:F6},{time}") : "0," + time;
    }
}
