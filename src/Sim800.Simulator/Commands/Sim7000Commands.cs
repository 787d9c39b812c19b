using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Commands;

/// <summary>What SIM7000 has beside the SIM800's commands, or has otherwise.</summary>
internal static class Sim7000Commands
{
    internal static readonly CommandRow[] Rows =
    [
        new("I") { Execute = Handlers.Say("SIM7000G R1529") },
        LteRadioCommands.EpsRegistration,
        LteRadioCommands.SystemModes(2, 13, 38, 51),
        new NumberSetting("+CMNB", 1, 3, 3, Saving.Always).Row,
    ];
}
