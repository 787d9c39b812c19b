using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Reporting;

namespace Sim800.Modem.BringUp;

/// <summary>Brings a modem in any state to registration with a network: after the line was opened, and again after every restart.</summary>
internal sealed class ModemStart(
    AtChannel channel, CurrentDialect dialect, ISerialLine? line, ModemOptions options, ProgressReport progress, ILogger logger)
{
    private readonly Identification _identification = new(channel, dialect, options, logger);
    private readonly SimUnlock _sim = new(channel, dialect, options, progress);

    /// <param name="commandMode">The way out of a transparent connection.</param>
    /// <param name="hasRestartedAsync">Whether the modem has restarted since it was last asked: then the rest is left out.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal async Task RunAsync(
        CommandModeSwitch commandMode, Func<CancellationToken, Task<bool>> hasRestartedAsync, CancellationToken cancellationToken)
    {
        progress.Start(Sim800Stage.Modem);
        var rate = await SynchroniseAsync(commandMode, cancellationToken).ConfigureAwait(false);
        progress.Complete(Sim800Stage.Modem, rate);
        if (options.OpenUntil < Sim800Stage.Sim)
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
        var synchronisation = new Synchronisation(channel, dialect, line, commandMode, _identification, options, logger);
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
