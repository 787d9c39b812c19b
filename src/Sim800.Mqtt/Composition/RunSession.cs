using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Composition;

/// <summary>
/// The session that the server keeps for one run of a client without a client id. MQTT 3.1.1 has no other way to remove a session than to
/// connect once more and ask for a clean one (§3.1.2.4).
/// </summary>
internal sealed class RunSession(Sim800MqttClientOptions options, TransportStack stack, ILogger log)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Removes the session, if there is one of this kind; says so when that fails.</summary>
    /// <param name="isReachable">Whether there is a chance.</param>
    internal async Task EndAsync(bool isReachable)
    {
        if (!options.Mqtt.IsForOneRun)
        {
            return;
        }

        if (!isReachable)
        {
            Log.SessionLeft(log, options.Mqtt.ClientId, "there is no connection");
            return;
        }

        var core = new ClientCore(
            options.EffectiveMqtt() with { CleanSession = true, IsForOneRun = false, SessionStore = null, Will = null }, reconnects: false);
        using var deadline = new CancellationTokenSource(Timeout, options.TimeProvider);
        try
        {
            await stack.OpenAsync(core, rung: null, deadline.Token).ConfigureAwait(false);
            await core.DisconnectAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            Log.SessionLeft(log, options.Mqtt.ClientId, e.Message);
        }
    }
}
