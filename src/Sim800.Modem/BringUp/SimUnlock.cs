using System.Collections.Concurrent;
using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Reporting;

namespace Sim800.Modem.BringUp;

/// <summary>
/// Waits for the SIM card and enters its PIN, once and never again after a refusal: not after a restart, and not by another instance in
/// the same process as long as the card tells that the tries are those that the refusal left.
/// </summary>
internal sealed class SimUnlock(AtChannel channel, IModemDialect dialect, ModemOptions options, ProgressReport progress)
{
    private const int MaxQueries = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    /// <summary>Queries to wait for the effect of a PIN whose answer was lost: the card takes a moment.</summary>
    private const int QueriesForUnanswered = 6;

    /// <summary>Answers that are none of the manual's words, after which the line is to blame.</summary>
    private const int MaxDamaged = 8;

    private static readonly string[] OtherCodes =
    [
        "PH_SIM PIN", "PH_SIM PUK", "PH-SIM PIN", "PH-SIM PUK", "SIM PIN2", "SIM PUK2", "PH-FSIM PIN", "PH-FSIM PUK", "PH-NET PIN", "PH-NET PUK",
        "PH-NETSUB PIN", "PH-NETSUB PUK", "PH-SP PIN", "PH-SP PUK", "PH-CORP PIN", "PH-CORP PUK",
    ];

    private int _damaged;
    private bool _pinEntered;
    private int _isUnanswered;
    private SimException? _refusal;

    /// <summary>The tries that were left before a PIN whose answer was lost; -1 when the modem did not tell.</summary>
    private int? _triesBeforeUnanswered;

    /// <exception cref="SimException">The card is missing, locked or broken, or refused the PIN.</exception>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_refusal is not null)
        {
            throw _refusal;
        }

        (_pinEntered, _isUnanswered, _damaged) = (false, 0, 0);
        AtResponse response = default;
        var started = options.TimeProvider.GetTimestamp();
        for (var query = 0; query < MaxQueries; query++)
        {
            response = await channel.SendAsync(StandardCommands.PinQuery, cancellationToken).ConfigureAwait(false);
            if (response.FinalResult.IsSuccess && response.Information is [.., var line] && await IsReadyAsync(line, cancellationToken).ConfigureAwait(false))
            {
                _triesBeforeUnanswered = null;
                return;
            }

            ThrowIfHopeless(response, options.TimeProvider.GetElapsedTime(started));
            progress.Wait(Sim800Stage.Sim, "the SIM card starts up");
            await Task.Delay(Interval, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        throw NeverReady(response);
    }

    private static ModemFailure Failure(in AtResponse response) => new(Sim800Stage.Sim, StandardCommands.PinQuery, response);

    private static ModemException NeverReady(in AtResponse response) => response.Information switch
    {
        [.., var line] when line.EndsWith("NOT INSERTED", StringComparison.Ordinal) => SimException.NotInserted(line),
        [.., var line] when line.EndsWith("READY", StringComparison.Ordinal) => SimException.NeverReady(line),
        [.., var line] => AtAnswerException.Damaged(StandardCommands.PinQuery.Text, line),
        _ => SimException.Of(SimReason.Failure, Failure(response)),
    };

    private void ThrowIfHopeless(in AtResponse response, TimeSpan waited)
    {
        switch (response.FinalResult.CmeError)
        {
            case CmeError.SimNotInserted:
                throw SimException.Of(SimReason.NotInserted, Failure(response));
            case CmeError.SimPukRequired:
                throw SimException.Of(SimReason.PukRequired, Failure(response));
            case CmeError.SimFailure or 15 when waited >= dialect.SimPatience:
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
            case var other when OtherCodes.Contains(other):
                throw SimException.OtherCodeRequired(state);
            default:
                return ++_damaged < MaxDamaged ? false : throw AtAnswerException.Damaged(StandardCommands.PinQuery.Text, line);
        }
    }

    private async Task EnterPinAsync(CancellationToken cancellationToken)
    {
        if (options.Pin is not { } pin)
        {
            throw SimException.PinRequired();
        }

        if (_pinEntered || --_isUnanswered > 0)
        {
            return; // accepted, perhaps; the card takes a moment to say so
        }

        var left = await TriesLeftAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfRisky(left);
        ThrowIfRefusedBefore(pin, left);
        _triesBeforeUnanswered = left ?? -1;
        AtResponse response;
        try
        {
            response = await channel.SendAsync(StandardCommands.EnterPin(pin), cancellationToken).ConfigureAwait(false);
        }
        catch (AtTimeoutException) when (channel.IsInStep)
        {
            _isUnanswered = QueriesForUnanswered; // the state of the card will tell
            return;
        }

        _triesBeforeUnanswered = null;
        _pinEntered = response.FinalResult.IsSuccess;
        if (!_pinEntered && response.FinalResult.CmeError != CmeError.SimBusy) // a busy card has not looked at it
        {
            throw await RefusedAsync(pin, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SimException> RefusedAsync(string pin, CancellationToken cancellationToken)
    {
        var left = await TriesLeftAsync(cancellationToken).ConfigureAwait(false);
        _refusal = SimException.PinRefused(left);
        if (left is { } tries)
        {
            RefusedPins.Add(pin, tries);
        }

        return _refusal;
    }

    /// <summary>More tries than the refusal left mean that the right PIN has been entered since, or that this is another card.</summary>
    private void ThrowIfRefusedBefore(string pin, int? left)
    {
        if (left is { } tries && RefusedPins.LeftAfter(pin) is { } after && tries <= after)
        {
            throw _refusal = SimException.PinRefusedBefore(tries);
        }
    }

    /// <summary>A PIN whose answer was lost may have been refused: it is entered again only when the card says that no try is missing.</summary>
    private void ThrowIfRisky(int? left)
    {
        if (left is 1)
        {
            throw _refusal = SimException.LastTry();
        }

        if (_triesBeforeUnanswered is { } before && (before < 0 || left is not { } now || now < before))
        {
            throw _refusal = SimException.PinUnanswered(left);
        }
    }

    private async Task<int?> TriesLeftAsync(CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(dialect.PinTriesLeft, cancellationToken).ConfigureAwait(false);
        return response.Information is [.., var line] && new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadInt(out var left)
            ? left
            : null;
    }
}

/// <summary>
/// The PINs that a card has refused in this process, so that a program that opens its modem again and again does not lock the card. A
/// card does not tell its serial number before its PIN, so the tries that are left have to tell one from another. Thread-safe.
/// </summary>
internal static class RefusedPins
{
    private static readonly ConcurrentDictionary<string, int> Tries = new(StringComparer.Ordinal);

    internal static void Add(string pin, int left) => Tries[pin] = left;

    /// <returns>The tries that were left after the refusal; <c>null</c> when this PIN was not refused.</returns>
    internal static int? LeftAfter(string pin) => Tries.TryGetValue(pin, out var left) ? left : null;
}
