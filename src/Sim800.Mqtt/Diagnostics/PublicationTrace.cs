using System.Diagnostics;

namespace Sim800.Mqtt.Composition;

/// <summary>Measures and traces the way of a message of QoS 1 or 2 to its confirmation, when anybody listens.</summary>
internal static class PublicationTrace
{
    internal static ValueTask FollowAsync(Sim800MqttClientOptions options, string topic, ValueTask publishing) =>
        ClientMetrics.MeasuresPublishing || ConnectionTrace.Source.HasListeners()
            ? RunAsync(options, topic, publishing)
            : publishing;

    private static async ValueTask RunAsync(Sim800MqttClientOptions options, string topic, ValueTask publishing)
    {
        using var activity = ConnectionTrace.Source.StartActivity("publish", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "mqtt")
            .SetTag("messaging.operation.name", "publish")
            .SetTag("messaging.operation.type", "send")
            .SetTag("messaging.destination.name", topic)
            .SetTag("server.address", options.Host);
        var started = options.TimeProvider.GetTimestamp();
        Exception? failure = null;
        try
        {
            await publishing.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
            activity?.SetTag("error.type", e.GetType().FullName).SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
        finally
        {
            ClientMetrics.Published(options, options.TimeProvider.GetElapsedTime(started), failure);
        }
    }
}
