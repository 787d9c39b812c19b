using System.Device.Gpio;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Mqtt.Sqlite;

namespace Gateway;

/// <summary>A gateway as it is installed: docs/gateway.md walks through it.</summary>
internal static class Program
{
    /// <summary>What sysexits.h calls EX_CONFIG: systemd does not try again, as the unit says.</summary>
    private const int BadConfiguration = 78;

    /// <summary>The bounds of a histogram of times over GPRS.</summary>
    private static readonly double[] Seconds = [0.5, 1, 2, 5, 10, 30, 60, 300, 3600];

    internal static async Task<int> Main(string[] arguments)
    {
        await using var demo = arguments.Contains("--demo", StringComparer.Ordinal) ? Demo.Start() : null;
        try
        {
            using var host = Build([.. arguments.Where(argument => argument is not "--demo")], demo);
            host.Services.GetRequiredService<IStartupValidator>().Validate(); // the host would do so too, and log a stack trace of what is a mistake in a file
            await host.RunAsync();
            return Environment.ExitCode;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, e.Failures));
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or MqttSqliteStoreException)
        {
            await Console.Error.WriteLineAsync(e.Message + (e.InnerException is { } inner ? Environment.NewLine + inner.Message : ""));
        }

        return BadConfiguration;
    }

    private static IHost Build(string[] arguments, Demo? demo)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = arguments,
            ContentRootPath = File.Exists("appsettings.json") ? Environment.CurrentDirectory : AppContext.BaseDirectory,
        });
        if (demo is not null)
        {
            builder.Configuration.AddInMemoryCollection(demo.Configuration);
            builder.Services.AddSingleton(demo).AddHostedService<DemoOperator>();
        }

        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat, console.ColorBehavior) =
            (true, "HH:mm:ss.fff ", Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default));
        builder.Services.AddSystemd();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IValidateOptions<GatewaySettings>, GatewaySettingsRules>();
        builder.Services.AddOptions<GatewaySettings>()
            .Bind(builder.Configuration.GetSection("Gateway"), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        AddModem(builder);
        AddHealth(builder.Services);
        AddMetrics(builder);
        builder.Services.AddSingleton<Telemetry>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Telemetry>());
        builder.Services.AddHostedService<Commands>();
        return builder.Build();
    }

    private static void AddModem(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => MqttSqliteSessionStore.Open(
            Path.Combine(services.GetRequiredService<IOptions<GatewaySettings>>().Value.Folder, "session.db")));
        if (builder.Configuration["Gateway:PowerKeyPin"] is { Length: > 0 })
        {
            builder.Services.AddSingleton<GpioController>();
            builder.Services.AddSingleton<IModemPowerControl, GpioPower>();
        }

        builder.Services.AddSim800Mqtt(builder.Configuration.GetSection("Sim800"), options => options.Configure = (services, client) => client with
        {
            Modem = client.Modem with { Power = services.GetService<IModemPowerControl>() },
            Mqtt = client.Mqtt with { SessionStore = services.GetRequiredService<MqttSqliteSessionStore>() },
            MeasureEvery = TimeSpan.FromMinutes(1),
        });
    }

    private static void AddHealth(IServiceCollection services)
    {
        services.AddHealthChecks().AddSim800Mqtt();
        services.AddSingleton<IHealthCheckPublisher, SystemdHealth>();
        services.Configure<HealthCheckPublisherOptions>(health => (health.Delay, health.Period) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
    }

    /// <summary>To an OpenTelemetry collector when the environment names one, as its conventions say, and to whoever scrapes the port.</summary>
    private static void AddMetrics(HostApplicationBuilder builder)
    {
        var port = builder.Configuration.GetValue("Gateway:PrometheusPort", 0);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("sim800-gateway")).WithMetrics(metrics =>
        {
            metrics.AddMeter(Sim800Diagnostics.MeterName);
            metrics.AddView("*.duration", new ExplicitBucketHistogramConfiguration { Boundaries = Seconds });
            if (port is > 0 and <= 65_535)
            {
                metrics.AddPrometheusHttpListener(listener => listener.Port = port);
            }
        });
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            telemetry.WithTracing(traces => traces.AddSource(Sim800Diagnostics.ActivitySourceName)).UseOtlpExporter();
        }
    }
}
