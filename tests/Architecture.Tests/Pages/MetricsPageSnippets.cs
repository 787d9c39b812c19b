using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sim800.Mqtt;

namespace Architecture.Tests.Pages;

/// <summary>The code of docs/metrics.md, so that the compiler reads it. It is not run.</summary>
internal static class MetricsPageSnippets
{
    internal static void WithOpenTelemetry(HostApplicationBuilder builder)
    {
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(Sim800Diagnostics.MeterName))
            .WithTracing(traces => traces.AddSource(Sim800Diagnostics.ActivitySourceName));
    }
}
