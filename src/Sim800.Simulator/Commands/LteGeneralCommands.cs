using Sim800.Simulator.Machine;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Profiles and identity as A76xx and SIM7600 have them in common.</summary>
internal static class LteGeneralCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("&W") { Execute = Basic(0, (modem, _) => Save(modem)) },
        new("+CGMI") { Execute = Say("SIMCOM INCORPORATED") },
        new("+GMI") { Execute = Say("SIMCOM INCORPORATED") },
        new("+CGMM") { Execute = Say(modem => modem.Name) },
        new("+GMM") { Execute = Say(modem => modem.Name) },
        new("+CGMR") { Execute = Say(modem => "+CGMR: " + modem.Firmware) },
        new("+GMR") { Execute = Say(modem => "+GMR: " + modem.Firmware) },
        new("+CGSN") { Execute = Say(modem => modem.Options.Imei) },
        new("+GSN") { Execute = Say(modem => modem.Options.Imei) },
        new("+SIMEI") { Read = Say(modem => "+SIMEI: " + modem.Options.Imei) },
        new("+CIMI") { Execute = Say(modem => modem.Options.Imsi), NeedsSim = true },
        new NumberSetting("+CATR", 0, 1, 0).Row,
        new("+CICCID") { Execute = Say(modem => "+ICCID: " + modem.Options.Iccid), NeedsSim = true },
    ];

    /// <summary>Echo, error reports, flow control and the rate of AT+IPR are not saved.</summary>
    private static void Save(ModemEngine modem) => modem.Saved = modem.Profile with
    {
        Echo = modem.Model.Factory.Echo,
        ErrorReport = modem.Model.Factory.ErrorReport,
        FlowControl = modem.Model.Factory.FlowControl,
        Rate = modem.Saved.Rate,
    };
}
