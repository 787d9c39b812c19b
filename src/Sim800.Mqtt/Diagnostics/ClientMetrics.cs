using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sim800.Modem;

namespace Sim800.Mqtt.Composition;

/// <summary>What is counted, under the names of OpenTelemetry's conventions for messaging where there is one.</summary>
internal static class ClientMetrics
{
    internal static readonly Meter Meter = new(Sim800Diagnostics.MeterName);

    private static readonly Counter<long> Sent = Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Messages that were given to the client.");

    private static readonly Histogram<double> OperationDuration = Meter.CreateHistogram<double>(
        "messaging.client.operation.duration", "s", "From publishing a message of QoS 1 or 2 to its confirmation by the server.");

    private static readonly Counter<long> Connections = Meter.CreateCounter<long>(
        "sim800.connections", "{connection}", "Connections that the server accepted.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "sim800.connect.failures", "{attempt}", "Attempts to connect that failed, by the type of the failure.");

    private static readonly Histogram<double> ConnectDuration = Meter.CreateHistogram<double>(
        "sim800.connect.duration", "s", "From the start of an attempt to CONNACK.");

    private static readonly Counter<long> Losses = Meter.CreateCounter<long>(
        "sim800.connections.lost", "{connection}", "Connections that ended by a failure, by the stage and the type of it.");

    internal static bool MeasuresPublishing => OperationDuration.Enabled;

    internal static void Publishing(Sim800MqttClientOptions options, MqttQoS qos)
    {
        if (Sent.Enabled)
        {
            Sent.Add(1, Tags(options, "publish", [new("messaging.mqtt.qos", (int)qos)]));
        }
    }

    internal static void Published(Sim800MqttClientOptions options, TimeSpan duration, Exception? failure) => OperationDuration.Record(
        duration.TotalSeconds, Tags(options, "publish", failure is null ? [] : [ErrorType(failure)]));

    internal static void Connected(Sim800MqttClientOptions options, TimeSpan duration)
    {
        Connections.Add(1, Tags(options, "connect", []));
        ConnectDuration.Record(duration.TotalSeconds, Tags(options, "connect", []));
    }

    internal static void Failed(Sim800MqttClientOptions options, Exception failure) =>
        Failures.Add(1, Tags(options, "connect", [ErrorType(failure)]));

    internal static void Lost(Sim800MqttClientOptions options, Exception reason, Sim800Stage stage) =>
        Losses.Add(1, Tags(options, "connect", [ErrorType(reason), new("sim800.stage", stage.ToString())]));

    private static KeyValuePair<string, object?> ErrorType(Exception failure) => new("error.type", failure.GetType().FullName);

    private static TagList Tags(Sim800MqttClientOptions options, string operation, ReadOnlySpan<KeyValuePair<string, object?>> more)
    {
        var tags = new TagList
        {
            { "messaging.system", "mqtt" },
            { "messaging.operation.name", operation },
            { "server.address", options.Host },
            { "server.port", options.Port },
        };
        foreach (var tag in more)
        {
            tags.Add(tag);
        }

        return tags;
    }
}
