using Sim800.Simulator.Ip;
using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>Transparent mode: its settings, and the way back into it.</summary>
internal static class TransparentCommands
{
    internal static readonly CommandRow[] Rows =
    [
        new("O") { Execute = (modem, _) => modem.Transparent.Reenter() },
        new("+CIPCCFG")
        {
            Read = Say(modem => Describe(modem.Gprs.Settings.TransparentSettings)),
            Test = Say("+CIPCCFG: (3-8),(1-10),(1-1460),(0,1),(0,1),(50-1460),(20-1000)"),
            Set = Configure,
        },
    ];

    private static string Describe(TransparentSettings settings) => Invariant(
        $"+CIPCCFG: {settings.Retries},{settings.WaitTime},{settings.SendSize},{(settings.Escape ? 1 : 0)},{settings.ReceiveMode},{settings.ReceiveSize},{settings.ReceiveTimer}");

    private static CommandOutcome Configure(ModemEngine modem, CommandArguments arguments)
    {
        if (!arguments.TryInteger(0, 3, 8, out var retries) || !arguments.TryInteger(1, 1, 10, out var wait)
            || !arguments.TryInteger(2, 1, 1460, out var sendSize) || !arguments.TryInteger(3, 0, 1, out var escape)
            || !arguments.TryInteger(4, 0, 1, 0, out var receiveMode) || !arguments.TryInteger(5, 50, 1460, 1460, out var receiveSize)
            || !arguments.TryInteger(6, 20, 1000, 50, out var receiveTimer))
        {
            return CommandOutcome.Error;
        }

        modem.Gprs.Settings.TransparentSettings =
            new TransparentSettings(retries, wait, sendSize, escape == 1, receiveMode, receiveSize, receiveTimer);
        return CommandOutcome.Ok;
    }
}
