using Microsoft.Extensions.Logging;
using Sim800.Modem;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Composition;

/// <summary>Connects, watches, and connects again: one loop over the life of a client. What follows a failure is the policy's to say.</summary>
internal sealed class Supervisor(
    Sim800MqttClientOptions options, ClientCore core, TransportStack stack, ModemSource source, ILogger log)
{
    private readonly ModemRecoveryPolicy _policy = new(options.EffectiveRecovery(), options.Modem.Power is not null || !source.IsOwned);
    private readonly FirstConnection _first = new(options.TimeProvider);
    private readonly TaskCompletionSource _connectionTold = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ModemRecoveryRung? _rung;
    private string? _told;

    /// <summary>Whether the client has ended with DISCONNECT on a connection.</summary>
    internal bool WasConnected { get; private set; }

    /// <summary>Ends when the application's progress has been told of the first connection, which comes after the status, or when there will be none.</summary>
    internal Task ConnectionTold => _connectionTold.Task;

    private bool IsFirst => core.Status.Current.Connections == 0;

    /// <summary>Runs until the client is closed, or for a reason that trying again cannot mend.</summary>
    /// <param name="connectTimeout">How long the first connection may take; <c>null</c> without a limit.</param>
    /// <param name="stopping">Cancelled when the application closes the client.</param>
    /// <returns>The one reason; <c>null</c> when the application closed the client.</returns>
    internal async Task<Exception?> RunAsync(TimeSpan? connectTimeout, CancellationToken stopping)
    {
        try
        {
            return await ConnectAgainAndAgainAsync(connectTimeout, stopping).ConfigureAwait(false);
        }
        finally
        {
            _connectionTold.TrySetResult();
        }
    }

    private async Task<Exception?> ConnectAgainAndAgainAsync(TimeSpan? connectTimeout, CancellationToken stopping)
    {
        using var deadline = _first.Begin(connectTimeout, stopping);
        while (true)
        {
            var (ended, lasted) = await ConnectAndWatchAsync(IsFirst ? deadline.Token : stopping).ConfigureAwait(false);
            if (stopping.IsCancellationRequested || ended is null)
            {
                WasConnected = ended is null;
                return null;
            }

            if (IsFirst && deadline.IsCancellationRequested)
            {
                return core.Status.Current.Reason ?? new MqttConnectTimeoutException(connectTimeout!.Value, stack.Stage, ended);
            }

            if (await BackOffAsync(ended, lasted, IsFirst ? deadline.Token : stopping).ConfigureAwait(false) is { } final)
            {
                return stopping.IsCancellationRequested ? null : final;
            }

            if (stopping.IsCancellationRequested)
            {
                return null;
            }

            core.Status.Connecting();
        }
    }

    /// <summary>One attempt, and the life of the connection if it succeeds.</summary>
    private async Task<(Exception? Reason, TimeSpan Lasted)> ConnectAndWatchAsync(CancellationToken cancellationToken)
    {
        MqttConnection connection;
        try
        {
            connection = await ConnectionTrace.RunAsync(options, () => stack.OpenAsync(core, _rung, cancellationToken)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever fails is judged, told to the application, and tried again or final
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (e, TimeSpan.Zero);
        }

        _connectionTold.TrySetResult();
        var connectedAt = options.TimeProvider.GetTimestamp();
        var reason = await connection.Closed.ConfigureAwait(false);
        return (reason, options.TimeProvider.GetElapsedTime(connectedAt));
    }

    /// <summary>The pause before the next attempt.</summary>
    /// <returns>The reason, when there is to be no next attempt.</returns>
    private async Task<Exception?> BackOffAsync(Exception reason, TimeSpan lasted, CancellationToken cancellationToken)
    {
        if (SpentIn(reason) is { } spent)
        {
            return await RestAsync(spent, cancellationToken).ConfigureAwait(false);
        }

        if (ObservedFailure.IsDamage(reason))
        {
            core.Doubt();
        }

        var failure = await ObserveAsync(reason, lasted).ConfigureAwait(false);
        if (lasted > TimeSpan.Zero)
        {
            ClientMetrics.Lost(options, reason, failure.Layer);
        }

        var decision = _policy.OnFailure(failure, Random.Shared.NextDouble());
        if (decision.GivesUp || !options.Reconnect.Enabled || (IsFirst && options.Reconnect.FailFast))
        {
            return reason;
        }

        _rung = decision.Rung;
        Tell(reason, failure.Layer, decision);
        do
        {
            await Task.Delay(decision.Pause, options.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return reason;
            }
        }
        while (decision.Nature is ModemFailureNature.DeviceAway && !source.IsPresent);
        return null;
    }

    private static MqttDataBudgetException? SpentIn(Exception reason) =>
        reason as MqttDataBudgetException ?? reason.InnerException as MqttDataBudgetException;

    /// <summary>No bytes are left for this day.</summary>
    private async Task<Exception?> RestAsync(MqttDataBudgetException spent, CancellationToken cancellationToken)
    {
        var now = options.TimeProvider.GetUtcNow();
        var pause = spent.Until > now ? spent.Until - now : TimeSpan.Zero;
        core.Status.Waiting(spent, MqttFailureClass.Transient, failures: 0, pause, nameof(Sim800Stage.Mqtt));
        await Task.Delay(pause, options.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return cancellationToken.IsCancellationRequested ? spent : null;
    }

    private async Task<ModemRecoveryFailure> ObserveAsync(Exception reason, TimeSpan lasted)
    {
        var failure = ObservedFailure.Of(reason) with
        {
            Lasted = lasted,
            HasReceived = stack.HasReceived,
            HadDevice = source.WasOpened,
            IsFirst = IsFirst,
            TimeLeft = _first.Left,
        };

        if (!ObservedFailure.IsLineDead(reason))
        {
            return failure;
        }

        await source.DiscardAsync().ConfigureAwait(false);
        return source.IsOwned ? failure : failure with { Nature = ModemFailureNature.Final };
    }

    /// <summary>The status and the log say the same. A reason that comes again and again is logged at its 1st, 2nd, 4th, 8th... time.</summary>
    private void Tell(Exception reason, Sim800Stage stage, ModemRecoveryDecision decision)
    {
        core.Status.Waiting(reason, ObservedFailure.ClassOf(decision.Nature), decision.Failures, decision.Pause, stage.ToString());
        var isNews = !string.Equals(_told, reason.Message, StringComparison.Ordinal) || (decision.Repetitions & (decision.Repetitions - 1)) == 0;
        _told = reason.Message;
        var whatFollows = decision.Describe(core.Status.Current.Since);
        if (isNews)
        {
            Log.Reconnecting(log, stage, decision.Failures, reason.Message, whatFollows);
        }
        else
        {
            Log.ReconnectingAsBefore(log, stage, decision.Failures, reason.Message, whatFollows);
        }
    }

    /// <summary>How much is left of the time for the first connection.</summary>
    private sealed class FirstConnection(TimeProvider clock)
    {
        private TimeSpan? _limit;
        private long _began;

        internal TimeSpan? Left => _limit - clock.GetElapsedTime(_began);

        /// <returns>Cancelled at the end of that time, and when the application closes the client.</returns>
        internal Deadline Begin(TimeSpan? limit, CancellationToken stopping)
        {
            (_limit, _began) = (limit, clock.GetTimestamp());
            return new Deadline(limit ?? Timeout.InfiniteTimeSpan, clock, stopping);
        }
    }

    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource _timer;
        private readonly CancellationTokenSource _either;

        internal Deadline(TimeSpan limit, TimeProvider clock, CancellationToken stopping)
        {
            _timer = new CancellationTokenSource(limit, clock);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, stopping);
        }

        internal CancellationToken Token => _either.Token;

        internal bool IsCancellationRequested => _timer.IsCancellationRequested;

        public void Dispose()
        {
            _either.Dispose();
            _timer.Dispose();
        }
    }
}
