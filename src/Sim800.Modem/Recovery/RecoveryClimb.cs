using Microsoft.Extensions.Logging;
using Sim800.Modem.Links;

namespace Sim800.Modem.Recovery;

/// <summary>Records how connections ended and runs the due rung of the ladder before the next one. The caller serialises the calls.</summary>
internal sealed class RecoveryClimb(RecoveryActions actions, LinkTable links, Sim800ModemOptions options, ILogger logger)
{
    private readonly Gate _gate = new();
    private readonly RecoveryLadder _ladder = new(options.Recovery, options.Power is not null, Random.Shared);
    private readonly int[] _counts = new int[(int)ModemRecoveryRung.PowerCycle + 1];
    private long _lastFailure;

    /// <summary>How often a rung was used.</summary>
    internal int CountOf(ModemRecoveryRung rung)
    {
        lock (_gate)
        {
            return _counts[(int)rung];
        }
    }

    internal void OnFailure()
    {
        lock (_gate)
        {
            _lastFailure = options.TimeProvider.GetTimestamp();
            _ladder.OnFailure();
        }
    }

    internal void OnSuccess()
    {
        lock (_gate)
        {
            _ladder.OnSuccess();
        }
    }

    /// <returns>Whether the modem was restarted.</returns>
    internal async Task<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        var (step, wait) = Next();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        return step.Rung > ModemRecoveryRung.Reopen && await actions.RunAsync(step.Rung, cancellationToken).ConfigureAwait(false);
    }

    private (RecoveryStep Step, TimeSpan Wait) Next()
    {
        lock (_gate)
        {
            var step = _ladder.Next(links.HasLiveLink);
            if (_ladder.Failures == 0)
            {
                return (step, TimeSpan.Zero);
            }

            var count = ++_counts[(int)step.Rung];
            Log.Recovering(logger, step.Rung, count, step.Delay);
            options.Events?.Report(new ModemEvent(ModemEventKind.Recovering, step.Rung.ToString()));
            var passed = options.TimeProvider.GetElapsedTime(_lastFailure);
            return (step, step.Delay - passed);
        }
    }
}
