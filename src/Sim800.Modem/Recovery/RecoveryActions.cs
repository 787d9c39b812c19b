using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Recovery;

/// <summary>Does what the ladder decided.</summary>
internal sealed class RecoveryActions(AtChannel channel, UrcRouter urcs, PdpContext context, Sim800ModemOptions options)
{
    /// <summary>
    /// The OK of a restart comes at once and the modem answers for a moment longer; it is down until RDY, which comes within 4.4 s, or
    /// not at all with automatic rate detection.
    /// </summary>
    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(6);

    /// <returns>Whether the modem was restarted, so that everything has to be settled anew.</returns>
    internal async Task<bool> RunAsync(RecoveryRung rung, CancellationToken cancellationToken)
    {
        if (rung > RecoveryRung.Reopen)
        {
            context.OnDeactivated(); // the next bring-up begins with CIPSHUT
        }

        try
        {
            return await ClimbAsync(rung, cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException)
        {
            return true; // settling finds out what the modem is up to, and what can be done for a silent one
        }
    }

    private async Task<bool> ClimbAsync(RecoveryRung rung, CancellationToken cancellationToken)
    {
        switch (rung)
        {
            case RecoveryRung.Reattach:
                await channel.SendAsync(Sim800Commands.Detach, cancellationToken).ConfigureAwait(false);
                await channel.SendAsync(Sim800Commands.Attach, cancellationToken).ConfigureAwait(false);
                return false;
            case RecoveryRung.Restart:
                await RestartAsync(
                    () => channel.SendAsync(Sim800Commands.Restart, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
                return true;
            case RecoveryRung.PowerCycle:
                await RestartAsync(
                    () => PowerCycleAsync(options.Power!, cancellationToken), cancellationToken).ConfigureAwait(false);
                return true;
            default:
                return false;
        }
    }

    private async Task RestartAsync(Func<Task> restart, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = urcs.Subscribe(urc =>
        {
            if (urc.Kind == UrcKind.Started)
            {
                started.TrySetResult();
            }
        });
        await restart().ConfigureAwait(false);
        await Task.WhenAny(started.Task, Task.Delay(BootTime, options.TimeProvider, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task PowerCycleAsync(IModemPower power, CancellationToken cancellationToken)
    {
        if (!await power.ResetAsync(cancellationToken).ConfigureAwait(false))
        {
            await power.PressPowerKeyAsync(PowerKey.Restart, cancellationToken).ConfigureAwait(false);
        }
    }
}
