using System.Net;
using Sim800.Simulator.Line;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>What A76xx has and SIM7600 has not, or has otherwise.</summary>
internal static class A76xxCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("I") { Execute = Identify },
        new("+SIMCOMATI") { Execute = IdentifyFully },
        new("+CPSI") { Read = Say(modem => LteSignal.Of(modem, LteSignal.AsIndexes)) },
        SerialCommands.Rate("+IPR", UartRate.OfA76xx, isKept: false),
        SerialCommands.Rate("+IPREX", UartRate.OfA76xx, isKept: true),
        LtePowerCommands.Sleep(2),
        LteClockCommands.TimeServer(32),
        new("+CMGF")
        {
            Read = Say(modem => Invariant($"+CMGF: {modem.Profile.MessageFormat}")),
            Test = Say("+CMGF: (0,1)"),
            Set = Number(0, 1, SetMessageFormat),
        },
        new("+CNMI")
        {
            Read = Say(modem => "+CNMI: " + MessageSettingCommands.Indications(modem.Profile)),
            Test = Say("+CNMI: (0-2),(0-3),(0,2),(0,2),(0,1)"),
            Set = SetIndications,
        },
        new("+CSOCKSETPN")
        {
            Read = Say("+CSOCKSETPN: 1"),
            Test = Say("+CSOCKSETPN: (1)"),
            Set = (modem, arguments) => modem.Sockets.IsClosed && arguments is { Count: 1 } && arguments[0] is "1" ? CommandOutcome.Ok : CommandOutcome.Error,
        },
        new("+CDNSCFG") { Read = ReadServers, Set = SetServers },
        new("+CTCPKA") { Read = Say(ReadProbes), Test = Say("+CTCPKA: (0,1),(1-120),(1-9),(1-120)"), Set = SetProbes },
        new("+CIPCFG") { Set = SetEcho },
        new("*IMSRCFG") { Set = Accept },
    ];

    private static CommandOutcome Identify(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(
        [
            "Manufacturer: INCORPORATED",
            "Model: " + modem.Name,
            "Revision: " + modem.Firmware,
            "IMEI: " + modem.Options.Imei,
            "+GCAP: +CGSM,+FCLASS,+DS",
        ]);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome IdentifyFully(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(
        [
            "Manufacturer: INCORPORATED",
            "Model: " + modem.Name,
            "Revision: A011B09A7670M7_F",
            "A7670M7_B09V01_250619",
            "QCN:",
            "IMEI: " + modem.Options.Imei,
            "MEID:",
            "+GCAP: +CGSM,+FCLASS,+DS",
            "DeviceInfo:",
        ]);
        return CommandOutcome.Ok;
    }

    /// <summary>Kept at once.</summary>
    private static void SetMessageFormat(ModemEngine modem, int format)
    {
        modem.Profile.MessageFormat = format;
        modem.Saved.MessageFormat = format;
    }

    /// <summary>Reports as +CDS are refused.</summary>
    private static CommandOutcome SetIndications(ModemEngine modem, CommandArguments arguments) =>
        arguments[3] is "1" ? CommandOutcome.Error : MessageSettingCommands.SetIndications(modem, arguments);

    private static CommandOutcome ReadServers(ModemEngine modem, CommandArguments arguments)
    {
        var (primary, secondary) = modem.Sockets.Settings.NameServers;
        modem.Reply.Information(["PrimaryDns: " + primary, "SecondaryDns: " + secondary]);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetServers(ModemEngine modem, CommandArguments arguments)
    {
        var secondary = arguments.Has(1) ? arguments[1] : "0.0.0.0";
        if (!IPAddress.TryParse(arguments[0], out _) || !IPAddress.TryParse(secondary, out _))
        {
            return CommandOutcome.Error;
        }

        modem.Sockets.Settings = modem.Sockets.Settings with { NameServers = (arguments[0], secondary) };
        return CommandOutcome.Ok;
    }

    private static string ReadProbes(ModemEngine modem) =>
        modem.Sockets.Settings.Probes is (var idle, var count, var interval) ? Invariant($"+CTCPKA: 1,{idle},{count},{interval}") : "+CTCPKA: 0";

    private static CommandOutcome SetProbes(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 0, 1, out var on) || !arguments.TryInteger(1, 1, 120, 120, out var idle)
            || !arguments.TryInteger(2, 1, 9, 9, out var count) || !arguments.TryInteger(3, 1, 120, 1, out var interval))
        {
            return CommandOutcome.Error;
        }

        modem.Sockets.Settings = modem.Sockets.Settings with { Probes = on == 1 ? (idle, count, interval) : null };
        return CommandOutcome.Ok;
    }

    private static CommandOutcome SetEcho(ModemEngine modem, CommandArguments arguments)
    {
        if (arguments.Count != 2 || arguments[0] is not "DATAECHO" || arguments[1].ToUpperInvariant() is not (("ON" or "OFF") and var value))
        {
            return CommandOutcome.Error;
        }

        modem.Sockets.Settings = modem.Sockets.Settings with { EchoesPayload = value is "ON" };
        return CommandOutcome.Ok;
    }
}
