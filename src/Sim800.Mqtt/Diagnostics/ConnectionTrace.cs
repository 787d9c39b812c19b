using System.Diagnostics;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Composition;

/// <summary>Measures and traces one attempt to connect.</summary>
internal static class ConnectionTrace
{
    internal static readonly ActivitySource Source = new(Sim800Diagnostics.ActivitySourceName);

    internal static async Task<MqttConnection> RunAsync(Sim800MqttClientOptions options, Func<Task<MqttConnection>> attempt)
    {
        using var activity = Source.StartActivity("connect", ActivityKind.Client);
        activity?.SetTag("server.address", options.Host).SetTag("server.port", options.Port);
        var started = options.TimeProvider.GetTimestamp();
        try
        {
            var connection = await attempt().ConfigureAwait(false);
            ClientMetrics.Connected(options, options.TimeProvider.GetElapsedTime(started));
            return connection;
        }
        catch (Exception e)
        {
            ClientMetrics.Failed(options, e);
            activity?.SetTag("error.type", e.GetType().FullName).SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }
}
