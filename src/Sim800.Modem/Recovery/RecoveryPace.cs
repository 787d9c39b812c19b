using Microsoft.Extensions.Logging;

namespace Sim800.Modem.Recovery;

/// <summary>Applies the policy for an application that calls for connections and leaves the rest to the modem. The caller serialises the calls
/// of <see cref="NextAsync"/>.</summary>
internal sealed class RecoveryPace(ModemOptions options, ILogger logger)
{
    private readonly Gate _gate = new();
    private readonly ModemRecoveryPolicy _policy = new(options.Recovery, options.Power is not null);
    private ModemRecoveryDecision? _due;
    private long _failedAt;

    internal void OnFailure(ModemException failure)
    {
        if (failure is TcpConnectException { Reason: TcpConnectReason.NoFreeLink })
        {
            return; // nothing has failed: the caller has to close one of its own
        }

        lock (_gate)
        {
            _failedAt = options.TimeProvider.GetTimestamp();
            _due = _policy.OnFailure(ModemRecoveryFailure.Of(failure), Random.Shared.NextDouble());
            Log.Pausing(logger, failure.Happened, _due.Describe(options.TimeProvider.GetUtcNow()));
        }
    }

    internal void OnSuccess()
    {
        lock (_gate)
        {
            _policy.OnSuccess();
            _due = null;
        }
    }

    /// <summary>Waits out what is left of the pause.</summary>
    /// <returns>The rung that is due; <c>null</c> when nothing has failed.</returns>
    internal async Task<ModemRecoveryRung?> NextAsync(CancellationToken cancellationToken)
    {
        ModemRecoveryDecision? due;
        TimeSpan wait;
        lock (_gate)
        {
            due = _due;
            wait = due is null ? TimeSpan.Zero : due.Pause - options.TimeProvider.GetElapsedTime(_failedAt);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        return due?.Rung;
    }
}
