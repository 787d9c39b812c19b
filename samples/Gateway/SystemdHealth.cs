using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace Gateway;

/// <summary>
/// Tells systemd, where it has started the gateway, how the gateway is: its state stands in <c>systemctl status</c>, and the watchdog is fed for as long as the client has not
/// given up. Not being connected is no reason to restart, since the client knows more ways back than a new process.
/// </summary>
internal sealed class SystemdHealth(ILogger<SystemdHealth> log, ISystemdNotifier? systemd = null) : IHealthCheckPublisher
{
    private HealthStatus? _last;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        var text = string.Join("; ", report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Description}"));
        systemd?.Notify(new ServiceState($"STATUS={text.ReplaceLineEndings(" ")}"));
        if (report.Status != HealthStatus.Unhealthy)
        {
            systemd?.Notify(new ServiceState("WATCHDOG=1"));
        }

        if (report.Status != _last)
        {
            _last = report.Status;
            GatewayLog.Health(log, report.Status, text);
        }

        return Task.CompletedTask;
    }
}
