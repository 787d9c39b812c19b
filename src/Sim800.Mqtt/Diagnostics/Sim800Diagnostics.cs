namespace Sim800.Mqtt;

/// <summary>The names under which the library can be observed, for OpenTelemetry's <c>AddMeter</c> and <c>AddSource</c>.</summary>
public static class Sim800Diagnostics
{
    /// <summary>The meter; docs/metrics.md lists its instruments.</summary>
    public const string MeterName = "Sim800.Mqtt";

    /// <summary>The activity source: <c>connect</c> for each attempt, <c>publish</c> for each message of QoS 1 and 2.</summary>
    public const string ActivitySourceName = "Sim800.Mqtt";
}
