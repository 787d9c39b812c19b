using System.IO.Pipelines;
using Microsoft.Extensions.Logging;

namespace Sim800.Mqtt.Client;

/// <summary>Closes the network connection after the last packet [MQTT-3.14.4-1].</summary>
internal static class TransportEnd
{
    /// <summary>Ends what the loops wait for, waits for them, and closes the transport. What hangs is left behind after
    /// <see cref="MqttClientOptions.DisconnectTimeout"/>; never fails, for the reason of the end is already told.</summary>
    internal static async Task CloseAsync(IDuplexPipe transport, Task loops, MqttClientOptions options, ILogger log)
    {
        await AttemptAsync(
            () =>
            {
                transport.Input.CancelPendingRead();
                transport.Output.CancelPendingFlush();
                return loops;
            },
            options,
            log).ConfigureAwait(false);
        await AttemptAsync(() => CompleteAsync(transport), options, log).ConfigureAwait(false);
        if (transport is IAsyncDisposable disposable)
        {
            await AttemptAsync(() => disposable.DisposeAsync().AsTask(), options, log).ConfigureAwait(false);
        }
    }

    private static async Task AttemptAsync(Func<Task> step, MqttClientOptions options, ILogger log)
    {
        try
        {
            await step().WaitAsync(options.DisconnectTimeout, options.TimeProvider).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the connection is over already, with its reason told; closing can add nothing but a log line
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CloseFailed(log, e);
        }
    }

    private static async Task CompleteAsync(IDuplexPipe transport)
    {
        await transport.Output.CompleteAsync().ConfigureAwait(false);
        await transport.Input.CompleteAsync().ConfigureAwait(false);
    }
}
