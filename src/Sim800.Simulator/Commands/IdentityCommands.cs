using Sim800.Simulator.Machine;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Who made the modem, which one it is, and whose SIM is in it.</summary>
internal static class IdentityCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("I") { Execute = Say("SIM800 R14.18") },
        new("+GMI") { Execute = Say("SIMCOM_Ltd") },
        new("+CGMI") { Execute = Say("SIMCOM_Ltd") },
        new("+GMM") { Execute = Say(modem => modem.Name) },
        new("+CGMM") { Execute = Say(modem => modem.Name) },
        new("+GMR") { Execute = Say(modem => modem.Firmware) },
        new("+CGMR") { Execute = Say(modem => modem.Firmware) },
        new("+GSV") { Execute = Versions },
        new("+GSN") { Execute = Say(modem => modem.Options.Imei) },
        new("+CGSN") { Execute = Say(modem => modem.Options.Imei) },
        new("+GCAP") { Execute = Say("+GCAP: +CGSM") },
        new("+CIMI") { Execute = Say(modem => modem.Options.Imsi), NeedsSim = true },
        new("+CCID") { Execute = Say(modem => modem.Options.Iccid), NeedsSim = true },
    ];

    private static CommandOutcome Versions(ModemEngine modem, CommandArguments arguments)
    {
        modem.Reply.Information(["SIMCOM_Ltd", modem.Name, modem.Firmware]);
        return CommandOutcome.Ok;
    }
}
