using Microsoft.Extensions.Logging;
using Sim800.Modem;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Composition;

/// <summary>Asks for signal and supply voltage now and then, while there is a connection.</summary>
internal static class ModemSampler
{
    internal static async Task RunAsync(Sim800MqttClientOptions options, ClientCore core, Func<CellularModem?> modem, ILogger log, CancellationToken stopping)
    {
        if (options.MeasureEvery is not { } interval)
        {
            return;
        }

        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(interval, options.TimeProvider, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (core.Status.Current.State is MqttClientState.Connected && modem() is { } open && !stopping.IsCancellationRequested)
            {
                await MeasureAsync(open, log, stopping).ConfigureAwait(false);
            }
        }
    }

    private static async Task MeasureAsync(CellularModem modem, ILogger log, CancellationToken stopping)
    {
        try
        {
            await modem.Network.ReadSignalAsync(stopping).ConfigureAwait(false);
            await modem.Power.ReadBatteryAsync(stopping).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ModemException or OperationCanceledException)
        {
            Log.MeasuringFailed(log, e.Message); // the connection tells by itself whether it is lost
        }
    }
}
