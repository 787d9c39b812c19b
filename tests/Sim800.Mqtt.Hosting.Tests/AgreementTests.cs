using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sim800.Simulator;

namespace Sim800.Mqtt.Hosting.Tests;

/// <summary>Whoever watches the status, asks the health check or reads the log gets the same words.</summary>
public sealed class AgreementTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A failure of each kind, as long as the first pause is an hour.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData("error=AT+CIPSTART,99")]
    [InlineData("sim-busy=1h")]
    [InlineData("remote-close")]
    public async Task Status_health_and_log_agree_on_stage_reason_failures_and_next_attempt(string fault)
    {
        var log = new ConcurrentQueue<IReadOnlyList<KeyValuePair<string, object?>>>();
        await using var source = new LineClientSource();
        using var host = Build(source, new Recorder(log));
        var isOfConnection = Fault.Parse(fault).Kind is FaultKind.RemoteClose;
        if (!isOfConnection)
        {
            source.Modem.Inject(Fault.Parse(fault));
        }

        await host.StartAsync(Token);
        var client = host.Services.GetRequiredService<Sim800MqttClient>();
        if (isOfConnection)
        {
            await client.WhenConnectedAsync(Token);
            source.Modem.Inject(Fault.Parse(fault));
        }

        var status = await WaitingAsync(client);
        var health = (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["sim800-mqtt"];
        await host.StopAsync(Token);

        var told = Assert.Single(log).ToDictionary(static item => item.Key, static item => item.Value, StringComparer.Ordinal);
        Assert.Equal(
            new object?[] { nameof(MqttClientState.Waiting), status.Stage, status.Reason!.Message, status.Failures, status.NextAttempt },
            new object?[] { health.Data["state"], health.Data["stage"], health.Data["reason"], health.Data["failures"], health.Data["nextAttempt"] });
        Assert.Equal(new object?[] { status.Stage, status.Reason.Message, status.Failures }, new object?[] { told["Stage"]!.ToString(), told["Reason"], told["Failures"] });
        Assert.Contains($"{status.NextAttempt:HH:mm:ss}Z", (string)told["WhatFollows"]!, StringComparison.Ordinal);
    }

    private static async Task<MqttClientStatus> WaitingAsync(Sim800MqttClient client)
    {
        await foreach (var status in client.WatchAsync(Token))
        {
            if (status.State is MqttClientState.Waiting)
            {
                return status;
            }
        }

        throw new InvalidOperationException("The client has ended.");
    }

    private static IHost Build(LineClientSource source, Recorder recorder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(recorder);
        builder.Services.AddSingleton<IClientSource>(source);
        builder.Services.AddSim800Mqtt(options =>
        {
            (options.Device, options.Host, options.Port, options.BaudRate) = ("in memory", "broker.test", 1883, 921_600);
            (options.ClientId, options.UserName, options.Password) = ("gateway", "u", "p");
            options.Configure = static (_, made) => made with
            {
                Modem = made.Modem with { RegistrationTimeout = TimeSpan.FromSeconds(2) },
                Reconnect = new Sim800ReconnectOptions
                {
                    FirstDelay = TimeSpan.FromHours(1),
                    LongestDelay = TimeSpan.FromHours(1),
                    LongestPersistentDelay = TimeSpan.FromHours(2),
                    StableAfter = TimeSpan.Zero,
                },
            };
        });
        builder.Services.AddHealthChecks().AddSim800Mqtt();
        return builder.Build();
    }

    /// <summary>Keeps the fields of event 3051.</summary>
    private sealed class Recorder(ConcurrentQueue<IReadOnlyList<KeyValuePair<string, object?>>> log) : ILoggerProvider, ILogger
    {
        private const int Reconnecting = 3051;

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
            // there is nothing to close
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == Reconnecting && state is IReadOnlyList<KeyValuePair<string, object?>> fields)
            {
                log.Enqueue([.. fields]);
            }
        }
    }
}
