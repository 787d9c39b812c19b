using Sim800.Modem.At;

namespace Sim800.Modem.BringUp;

/// <summary>Waits for the SIM card and enters its PIN: once, and never again after a refusal.</summary>
internal sealed class SimUnlock(AtChannel channel, Sim800ModemOptions options, ProgressReport progress)
{
    private const int MaxQueries = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private bool _pinEntered;
    private SimException? _refusal;

    /// <exception cref="SimException">The card is missing, locked or broken, or refused the PIN.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_refusal is not null)
        {
            throw _refusal;
        }

        _pinEntered = false;
        AtResponse response = default;
        for (var query = 0; query < MaxQueries; query++)
        {
            response = await channel.SendAsync(Sim800Commands.PinQuery, cancellationToken).ConfigureAwait(false);
            if (response.FinalResult.IsSuccess && response.Information is [.., var line] && await IsReadyAsync(line, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            ThrowIfHopeless(response);
            progress.Wait(ModemStage.Sim, "the SIM card starts up");
            await Task.Delay(Interval, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        throw SimException.Of(SimReason.Failure, Failure(response));
    }

    private static ModemFailure Failure(in AtResponse response) => new(ModemStage.Sim, Sim800Commands.PinQuery, response);

    private static void ThrowIfHopeless(in AtResponse response)
    {
        switch (response.FinalResult.CmeError)
        {
            case CmeError.SimNotInserted:
                throw SimException.Of(SimReason.NotInserted, Failure(response));
            case CmeError.SimPukRequired:
                throw SimException.Of(SimReason.PukRequired, Failure(response));
            case CmeError.SimFailure or 15:
                throw SimException.Of(SimReason.Failure, Failure(response));
        }
    }

    private async Task<bool> IsReadyAsync(string line, CancellationToken cancellationToken)
    {
        var state = line["+CPIN:".Length..].Trim();
        switch (state)
        {
            case "READY":
                return true;
            case "SIM PIN":
                await EnterPinAsync(cancellationToken).ConfigureAwait(false);
                return false;
            case "SIM PUK":
                throw SimException.PukRequired(state);
            case "NOT READY" or "NOT INSERTED":
                return false;
            default:
                throw SimException.OtherCodeRequired(state);
        }
    }

    private async Task EnterPinAsync(CancellationToken cancellationToken)
    {
        if (options.Pin is not { } pin)
        {
            throw SimException.PinRequired();
        }

        if (_pinEntered)
        {
            return; // accepted; the card takes a moment to say so
        }

        if (await TriesLeftAsync(cancellationToken).ConfigureAwait(false) is 1)
        {
            throw _refusal = SimException.LastTry();
        }

        _pinEntered = true;
        var response = await channel.SendAsync(Sim800Commands.EnterPin(pin), cancellationToken).ConfigureAwait(false);
        if (!response.FinalResult.IsSuccess)
        {
            throw _refusal = SimException.PinRefused(await TriesLeftAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private async Task<int?> TriesLeftAsync(CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(Sim800Commands.PinTriesLeft, cancellationToken).ConfigureAwait(false);
        return response.Information is [.., var line] && new AtArguments(System.Text.Encoding.Latin1.GetBytes(line)).TryReadInt(out var left)
            ? left
            : null;
    }
}
