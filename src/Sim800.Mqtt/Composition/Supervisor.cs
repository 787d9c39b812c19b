using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Composition;

/// <summary>Connects, watches, and connects again: one loop over the life of a client.</summary>
internal sealed class Supervisor(
    Sim800MqttClientOptions options, ClientCore core, TransportStack stack, ModemSource source, ILogger log)
{
    private readonly Backoff _backoff = new(options.Reconnect);

    /// <summary>Runs until the client is closed, or for a reason that trying again cannot mend.</summary>
    /// <param name="failsFast">Whether any failure of the first attempt is such a reason.</param>
    /// <param name="stopping">Cancelled when the application closes the client.</param>
    /// <returns>The one reason; <c>null</c> when the application closed the client.</returns>
    internal async Task<Exception?> RunAsync(bool failsFast, CancellationToken stopping)
    {
        while (true)
        {
            var (ended, lasted) = await ConnectAndWatchAsync(stopping).ConfigureAwait(false);
            if (stopping.IsCancellationRequested || ended is null)
            {
                return null;
            }

            if (await BackOffAsync(ended, lasted, failsFast, stopping).ConfigureAwait(false) is { } final)
            {
                return final;
            }

            if (stopping.IsCancellationRequested)
            {
                return null;
            }

            core.Status.Connecting();
        }
    }

    /// <summary>One attempt, and the life of the connection if it succeeds.</summary>
    private async Task<(Exception? Reason, TimeSpan Lasted)> ConnectAndWatchAsync(CancellationToken stopping)
    {
        MqttConnection connection;
        try
        {
            connection = await ConnectionTrace.RunAsync(options, () => stack.OpenAsync(core, stopping)).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // whatever fails is classified, told to the application, and tried again or final
        catch (Exception e)
#pragma warning restore CA1031
        {
            return (e, TimeSpan.Zero);
        }

        var connectedAt = options.TimeProvider.GetTimestamp();
        var reason = await connection.Closed.ConfigureAwait(false);
        return (reason, options.TimeProvider.GetElapsedTime(connectedAt));
    }

    /// <summary>The pause before the next attempt.</summary>
    /// <returns>The reason, when there is to be no next attempt.</returns>
    private async Task<Exception?> BackOffAsync(Exception reason, TimeSpan lasted, bool failsFast, CancellationToken stopping)
    {
        var isLineDead = FailureClassifier.IsLineDead(reason);
        var failure = isLineDead && !source.IsOwned ? MqttFailureClass.Fatal : FailureClassifier.Of(reason);
        if (isLineDead)
        {
            await source.DiscardAsync().ConfigureAwait(false);
        }

        if (IsFinal(failure, failsFast))
        {
            return reason;
        }

        var pause = _backoff.Next(failure, lasted, Random.Shared.NextDouble());
        if (_backoff.IsExhausted)
        {
            return reason;
        }

        core.Status.Waiting(reason, failure, _backoff.Failures, pause);
        Log.Reconnecting(log, pause.TotalSeconds, _backoff.Failures, failure, reason.Message);
        await Task.Delay(pause, options.TimeProvider, stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return null;
    }

    private bool IsFinal(MqttFailureClass failure, bool failsFast) => failure is MqttFailureClass.Fatal
        || !options.Reconnect.Enabled
        || (core.Status.Current.Connections == 0 && (failsFast || failure is MqttFailureClass.Persistent));
}
