using Sim800.Modem.At;

namespace Sim800.Modem.BringUp;

/// <summary>Gets the modem to answer at all, and settles echo and error format.</summary>
internal sealed class Synchronisation(AtChannel channel, Sim800ModemOptions options)
{
    /// <exception cref="AtTimeoutException">The modem stayed silent; the reason says what came instead.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = options.TimeProvider.GetTimestamp();
        while (!await TryCallAsync(started, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        await channel.SendAsync(Sim800Commands.VerboseErrorsEchoOff, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryCallAsync(long started, CancellationToken cancellationToken)
    {
        try
        {
            await channel.SendAsync(Sim800Commands.Attention, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (AtTimeoutException) when (options.TimeProvider.GetElapsedTime(started) < options.SynchronisationTimeout)
        {
            return false;
        }
    }
}
