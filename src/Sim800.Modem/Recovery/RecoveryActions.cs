using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;

namespace Sim800.Modem.Recovery;

/// <summary>Executes the rungs of the recovery ladder; which one is due is <see cref="ModemRecoveryPolicy"/>'s to say.</summary>
internal sealed class RecoveryActions(
    AtChannel channel, IModemDialect dialect, PdpContext context, LinkTable links, ModemOptions options, ILogger logger)
{
    private readonly int[] _counts = new int[(int)ModemRecoveryRung.PowerCycle + 1];

    /// <summary>How often a rung was used.</summary>
    internal int CountOf(ModemRecoveryRung rung) => Volatile.Read(ref _counts[(int)rung]);

    /// <returns>Whether the modem was restarted, so that the bring-up has to be repeated.</returns>
    internal async Task<bool> RunAsync(ModemRecoveryRung due, CancellationToken cancellationToken)
    {
        var possible = options.Power is null && due == ModemRecoveryRung.PowerCycle ? ModemRecoveryRung.Restart : due;
        var rung = links.HasLiveLink ? ModemRecoveryRung.Reopen : possible; // the other connections are not to be broken
        var count = Interlocked.Increment(ref _counts[(int)rung]);
        Log.Recovering(logger, rung, count);
        options.Events?.Report(new ModemEvent(ModemEventKind.Recovering, rung.ToString()));
        if (rung > ModemRecoveryRung.Reopen)
        {
            context.OnDeactivated(); // so that the next bring-up begins by shutting the IP stack
        }

        try
        {
            return await ClimbAsync(rung, cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException)
        {
            return true; // the bring-up that follows deals with a silent modem
        }
    }

    private async Task<bool> ClimbAsync(ModemRecoveryRung rung, CancellationToken cancellationToken)
    {
        switch (rung)
        {
            case ModemRecoveryRung.Reattach:
                return await dialect.ReattachAsync(channel, cancellationToken).ConfigureAwait(false);
            case ModemRecoveryRung.Restart:
                await RestartAsync(
                    () => channel.SendAsync(dialect.Restart, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
                return true;
            case ModemRecoveryRung.PowerCycle:
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
        using var subscription = channel.Urcs.Subscribe(urc =>
        {
            if (urc.Kind == UrcKind.Started)
            {
                started.TrySetResult();
            }
        });
        await restart().ConfigureAwait(false);
        await Task.WhenAny(started.Task, Task.Delay(dialect.BootTime, options.TimeProvider, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task PowerCycleAsync(IModemPowerControl power, CancellationToken cancellationToken)
    {
        if (!await power.ResetAsync(cancellationToken).ConfigureAwait(false))
        {
            await dialect.RestartByKeyAsync(power, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
