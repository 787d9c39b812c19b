using Sim800.Simulator.Line;
using Sim800.Simulator.Machine;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>What SIM7600 has and A76xx has not, or has otherwise.</summary>
internal static class Sim7600Commands
{
    internal static readonly CommandRow[] Rows =
    [
        new("I") { Execute = Identify },
        new("+SIMCOMATI") { Execute = IdentifyFully },
        new("+CPSI") { Read = Say(modem => LteSignal.Of(modem, LteSignal.AsTenths)) },
        SerialCommands.Rate("+IPR", UartRate.OfSim7600, isKept: false),
        SerialCommands.Rate("+IPREX", UartRate.OfSim7600, isKept: true),
        LtePowerCommands.Sleep(1),
        LteClockCommands.TimeServer(0),
        new("+CSOCKSETPN") { Set = Accept },
        new("+CGSOCKCONT") { Set = Accept },
        new("+CIPDNSSET") { Set = Accept },
    ];

    private static CommandOutcome Identify(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(
        [
            "Manufacturer: SIMCOM INCORPORATED",
            "Model: " + modem.Name,
            "Revision: SIM7600E_V2.0",
            "SVN: 03",
            "IMEI: " + modem.Options.Imei,
            "+GCAP: +CGSM",
        ]);
        return CommandOutcome.Ok;
    }

    private static CommandOutcome IdentifyFully(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(
        [
            "Manufacturer: SIMCOM INCORPORATED",
            "Model: " + modem.Name,
            "Revision: " + modem.Firmware,
            "SVN: 03",
            "IMEI: " + modem.Options.Imei,
            "+GCAP: +CGSM",
            "QCN:",
            "DeviceInfo: 173,170",
        ]);
        return CommandOutcome.Ok;
    }
}
