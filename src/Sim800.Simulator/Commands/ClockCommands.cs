using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The modem's clock.</summary>
internal static class ClockCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("+CCLK")
        {
            Read = Say(modem => $"+CCLK: \"{modem.Clock.Text}\""),
            Set = (modem, arguments) => modem.Clock.TrySet(arguments[0]) ? CommandOutcome.Ok : CommandOutcome.NotAllowed,
        },
        new("+CLTS")
        {
            Read = Say(modem => Invariant($"+CLTS: {modem.Profile.NetworkTime}")),
            Test = Say("+CLTS: (0,1)"),
            Set = Number(0, 1, (modem, value) => modem.Profile.NetworkTime = value),
        },
    ];
}
