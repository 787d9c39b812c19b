using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>What SIM7000 has beside the SIM800's commands, or has otherwise.</summary>
internal static class Sim7000Commands
{
    private const int Unknown = 4;

    internal static readonly CommandRow[] Rows =
    [
        new("I") { Execute = Say("SIM7000G R1529") },
        LteRadioCommands.EpsRegistration,
        new("+CGREG")
        {
            Read = Say(modem => Invariant($"+CGREG: {modem.UnsavedNumbers.GetValueOrDefault("+CGREG")},{GprsRegistration(modem)}")),
            Test = Say("+CGREG: (0-2)"),
            Set = Number(0, 2, (modem, value) => modem.UnsavedNumbers["+CGREG"] = value),
        },
        LteRadioCommands.SystemModes(2, 13, 38, 51),
        new NumberSetting("+CMNB", 1, 3, 3, Saving.Always).Row,
    ];

    /// <summary>On Cat-M and NB-IoT AT+CEREG alone knows: AT+CGREG says "unknown" and nothing by itself.</summary>
    private static int GprsRegistration(ModemEngine modem) => modem.Radio.GprsRegistration is Radio.RadioInterface.Home or Radio.RadioInterface.RoamingHere
        ? Unknown
        : modem.Radio.GprsRegistration;
}
