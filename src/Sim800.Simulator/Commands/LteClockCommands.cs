using Sim800.Simulator.Machine;
using static System.FormattableString;
using static Sim800.Simulator.Commands.Handlers;

namespace Sim800.Simulator.Commands;

/// <summary>The clock of the LTE modules, set by the network (AT+CTZU), by a server (AT+CNTP) or by the host.</summary>
internal static class LteClockCommands
{
    private const int NetworkError = 4;

    /// <summary>AT+CTZU=1: the network's time is taken at the next attach.</summary>
    internal static readonly NumberSetting TakesNetworkTime = new("+CTZU", 0, 1, 0, Saving.Always);

    /// <summary>AT+CTZR=1: the network's time is told.</summary>
    internal static readonly NumberSetting TellsNetworkTime = new("+CTZR", 0, 1, 0);

    internal static readonly CommandRow[] Rows =
    [
        new("+CCLK")
        {
            Read = Say(modem => $"+CCLK: \"{modem.Clock.Text}\""),
            Set = (modem, arguments) => modem.Clock.TrySet(arguments[0]) ? CommandOutcome.Ok : CommandOutcome.Error,
        },
        TakesNetworkTime.Row,
        TellsNetworkTime.Row,
    ];

    /// <summary>AT+CNTP with the zone that counts when none is given.</summary>
    internal static CommandRow TimeServer(int usualZone) => new("+CNTP")
    {
        Execute = Synchronise,
        Read = Say(modem => Invariant($"+CNTP: \"{modem.Clock.TimeServer}\",{modem.Clock.TimeServerZone}")),
        Set = (modem, arguments) => SetTimeServer(modem, arguments, usualZone),
    };

    /// <summary>The network tells its time at the attach.</summary>
    internal static void NetworkTime(ModemEngine modem)
    {
        var zone = modem.Options.TimeZoneQuarters;
        if (TakesNetworkTime.Of(modem) == 1)
        {
            modem.Clock.SetTrueTime(zone);
        }

        if (TellsNetworkTime.Of(modem) == 1)
        {
            modem.Reply.Unsolicited(Invariant($"+CTZV: {zone:+00;-00},{modem.Clock.TrueUtc:yy'/'MM'/'dd','HH':'mm':'ss}"));
        }
    }

    private static CommandOutcome SetTimeServer(ModemEngine modem, CommandArguments arguments, int usualZone)
    {
        if (arguments[0].Length == 0 || arguments.Count > 2 || !arguments.TryInteger(1, -96, 96, usualZone, out var zone))
        {
            return CommandOutcome.Error;
        }

        (modem.Clock.TimeServer, modem.Clock.TimeServerZone) = (arguments[0], zone);
        return CommandOutcome.Ok;
    }

    /// <summary>0 is success here; the socket service need not be open.</summary>
    private static CommandOutcome Synchronise(ModemEngine modem, CommandArguments arguments)
    {
        modem.After(modem.Options.RoundTripTime, () =>
        {
            var code = !modem.Radio.IsAttached ? NetworkError
                : modem.Clock.TimeServer.Length == 0 || modem.Faults.FailsTimeServer() ? modem.Model.Words.TimeServerFailure
                : 0;
            if (code == 0)
            {
                modem.Clock.SetTrueTime(modem.Clock.TimeServerZone);
            }

            modem.Reply.Unsolicited(Invariant($"+CNTP: {code}"));
        });
        return CommandOutcome.Ok;
    }
}
