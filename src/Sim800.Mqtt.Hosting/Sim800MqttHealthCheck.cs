using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sim800.Mqtt.Hosting;

/// <summary>Healthy while connected, degraded while it connects or waits for the next attempt, unhealthy when it is over.</summary>
internal sealed class Sim800MqttHealthCheck(ClientHolder holder) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var client = holder.Client;
        return Task.FromResult(ResultOf(client.Status, client.Unacknowledged, client.HeldBack, context.Registration.FailureStatus));
    }

    internal static HealthCheckResult ResultOf(MqttClientStatus status, int unacknowledged, int heldBack, HealthStatus whenOver)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["state"] = status.State.ToString(),
            ["since"] = status.Since,
            ["connections"] = status.Connections,
            ["failures"] = status.Failures,
            ["unacknowledged"] = unacknowledged,
            ["heldBack"] = heldBack,
        };
        AddFailure(data, status);
        return status.State switch
        {
            MqttClientState.Connected => HealthCheckResult.Healthy("Connected.", data),
            MqttClientState.Connecting => HealthCheckResult.Degraded("Connecting.", status.Reason, data),
            MqttClientState.Waiting => HealthCheckResult.Degraded($"Not connected, next attempt at {status.NextAttempt:u}: {status.Reason?.Message}", status.Reason, data),
            _ => new HealthCheckResult(whenOver, $"Closed: {status.Reason?.Message ?? "by the application."}", status.Reason, data),
        };
    }

    private static void AddFailure(Dictionary<string, object> data, MqttClientStatus status)
    {
        if (status.Reason is { } reason)
        {
            data["reason"] = reason.Message;
        }

        if (status.Stage is { } stage)
        {
            data["stage"] = stage;
        }

        if (status.NextAttempt is { } next)
        {
            data["nextAttempt"] = next;
        }
    }
}
