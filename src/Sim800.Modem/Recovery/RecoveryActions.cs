using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Recovery;

/// <summary>Does what the ladder decided.</summary>
internal sealed class RecoveryActions(AtChannel channel, PdpContext context, Sim800ModemOptions options)
{
    /// <returns>Whether the modem was restarted, so that everything has to be settled anew.</returns>
    internal async Task<bool> RunAsync(RecoveryRung rung, CancellationToken cancellationToken)
    {
        if (rung > RecoveryRung.Reopen)
        {
            context.OnDeactivated(); // the next bring-up begins with CIPSHUT
        }

        switch (rung)
        {
            case RecoveryRung.Reattach:
                await channel.SendAsync(Sim800Commands.Detach, cancellationToken).ConfigureAwait(false);
                await channel.SendAsync(Sim800Commands.Attach, cancellationToken).ConfigureAwait(false);
                return false;
            case RecoveryRung.Restart:
                await channel.SendAsync(Sim800Commands.Restart, cancellationToken).ConfigureAwait(false);
                return true;
            case RecoveryRung.PowerCycle:
                await PowerCycleAsync(options.Power!, cancellationToken).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private static async Task PowerCycleAsync(IModemPower power, CancellationToken cancellationToken)
    {
        if (!await power.ResetAsync(cancellationToken).ConfigureAwait(false))
        {
            await power.PressPowerKeyAsync(PowerKey.Duration, cancellationToken).ConfigureAwait(false);
        }
    }
}
