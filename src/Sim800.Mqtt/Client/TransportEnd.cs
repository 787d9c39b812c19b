using System.IO.Pipelines;
using Microsoft.Extensions.Logging;

namespace Sim800.Mqtt.Client;

/// <summary>Closes the network connection after the last packet [MQTT-3.14.4-1].</summary>
internal static class TransportEnd
{
    /// <summary>Ends what the loops wait for, waits for them, and closes the transport. A transport that hangs is left behind
    /// after <see cref="MqttClientOptions.DisconnectTimeout"/>.</summary>
    internal static async Task CloseAsync(IDuplexPipe transport, Task loops, MqttClientOptions options, ILogger log)
    {
        try
        {
            transport.Input.CancelPendingRead();
            transport.Output.CancelPendingFlush();
            await loops.WaitAsync(options.DisconnectTimeout, options.TimeProvider).ConfigureAwait(false);
            await CloseAsync(transport).WaitAsync(options.DisconnectTimeout, options.TimeProvider).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the connection is over already, with its reason told; closing can add nothing but a log line
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CloseFailed(log, e);
        }
    }

    private static async Task CloseAsync(IDuplexPipe transport)
    {
        await transport.Output.CompleteAsync().ConfigureAwait(false);
        await transport.Input.CompleteAsync().ConfigureAwait(false);
        if (transport is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
    }
}
