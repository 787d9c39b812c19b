using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sim800.Mqtt;
using Sim800.Mqtt.Sqlite;

namespace Architecture.Tests.Pages;

/// <summary>The code of docs/gateway.md, so that the compiler reads it. It is not run.</summary>
internal static class GatewayPageSnippets
{
    internal static void InAHost(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddSim800Mqtt(builder.Configuration.GetSection("Sim800"), options => options.Configure = (_, client) =>
            client with { Mqtt = client.Mqtt with { SessionStore = MqttSqliteSessionStore.Open("/var/lib/gateway/session.db") } });
        builder.Services.AddHealthChecks().AddSim800Mqtt();
        builder.Services.AddHostedService<Telemetry>(); // yours: takes a Sim800MqttClient and publishes
        builder.Build().Run();
    }

    private sealed class Telemetry(Sim800MqttClient client) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => client.PublishAsync("telemetry", "21.5", cancellationToken: stoppingToken).AsTask();
    }
}
