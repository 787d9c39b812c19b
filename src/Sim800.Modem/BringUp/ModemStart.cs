using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Known;
using Sim800.Modem.Reporting;

namespace Sim800.Modem.BringUp;

/// <summary>Brings a modem in any state to registration with a network: after the line was opened, and again after every restart.</summary>
internal sealed class ModemStart(
    AtChannel channel, CurrentDialect dialect, ISerialLine? line, ModemMemory memory, ModemOptions options, ProgressReport progress, ILogger logger)
{
    private readonly Identification _identification = new(channel, dialect, options, memory, logger);
    private readonly SimUnlock _sim = new(channel, dialect, options, progress);

    /// <param name="commandMode">The way out of a transparent connection.</param>
    /// <param name="hasRestartedAsync">Whether the modem has restarted since it was last asked: then the rest is left out.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal async Task RunAsync(
        CommandModeSwitch commandMode, Func<CancellationToken, Task<bool>> hasRestartedAsync, CancellationToken cancellationToken)
    {
        try
        {
            await RunStagesAsync(commandMode, hasRestartedAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (ModemException)
        {
            memory.Distrust();
            throw;
        }
    }

    private async Task RunStagesAsync(
        CommandModeSwitch commandMode, Func<CancellationToken, Task<bool>> hasRestartedAsync, CancellationToken cancellationToken)
    {
        progress.Start(Sim800Stage.Modem);
        var rate = await SynchroniseAsync(commandMode, cancellationToken).ConfigureAwait(false);
        progress.Complete(Sim800Stage.Modem, rate);
        if (options.OpenUntil < Sim800Stage.Sim)
        {
            return;
        }

        if (await IsReadyAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        progress.Start(Sim800Stage.Sim);
        await _sim.RunAsync(cancellationToken).ConfigureAwait(false);
        progress.Complete(Sim800Stage.Sim);
        if (options.OpenUntil < Sim800Stage.Network)
        {
            return;
        }

        progress.Start(Sim800Stage.Network);
        await dialect.PrepareRegistrationAsync(channel, options, cancellationToken).ConfigureAwait(false);
        var registered = await RegisterAsync(hasRestartedAsync, cancellationToken).ConfigureAwait(false);
        if (registered is not null)
        {
            progress.Complete(Sim800Stage.Network, registered);
        }
    }

    /// <summary>
    /// A modem that is attached has its card unlocked and is registered: for one that is known, one answer stands for three. Any other answer is no
    /// failure, and the stages are gone through as always.
    /// </summary>
    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (memory.Known is null || !dialect.IsReadyWhenAttached || options.OpenUntil < Sim800Stage.Network)
        {
            return false;
        }

        var response = await channel.SendAsync(StandardCommands.AttachQuery, cancellationToken).ConfigureAwait(false);
        if (response.Information is not [.., "+CGATT: 1" or "+CGATT:1"])
        {
            return false;
        }

        memory.OnAttached();
        progress.Start(Sim800Stage.Sim);
        progress.Complete(Sim800Stage.Sim);
        progress.Start(Sim800Stage.Network);
        progress.Complete(Sim800Stage.Network, "attached");
        return true;
    }

    private async Task<string?> RegisterAsync(Func<CancellationToken, Task<bool>> hasRestartedAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await new Registration(channel, dialect, options, progress).RunAsync(hasRestartedAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (ModemRegistrationException e) when (e.Reason == ModemRegistrationReason.Denied)
        {
            if (!await dialect.TryOtherAccessAsync(channel, options, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }

        return await new Registration(channel, dialect, options, progress).RunAsync(hasRestartedAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A silent modem may be switched off: where the power key is wired, it is pressed once.</summary>
    private async Task<string?> SynchroniseAsync(CommandModeSwitch commandMode, CancellationToken cancellationToken)
    {
        var synchronisation = new Synchronisation(channel, dialect, line, commandMode, _identification, memory, options, logger);
        try
        {
            return await synchronisation.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException e) when (options.Power is not null && e.Reason == AtTimeoutReason.Silence)
        {
            progress.Wait(Sim800Stage.Modem, "the modem is silent: pressing its power key");
            await options.Power!.PressPowerKeyAsync(dialect.PowerKeySwitches, cancellationToken).ConfigureAwait(false);
            return await synchronisation.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
