using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Sim800.Mqtt.Hosting.Tests;

public sealed class HostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_host_connects_in_the_background_and_disconnects_when_it_stops()
    {
        await using var source = new LineClientSource();
        using var host = Build(source);
        await host.StartAsync(Token);
        var client = host.Services.GetRequiredService<Sim800MqttClient>();

        await client.WhenConnectedAsync(Token);
        await client.PublishAsync("t", "x"u8.ToArray(), MqttQoS.AtLeastOnce, cancellationToken: Token);
        var health = await HealthAsync(host);
        await host.StopAsync(Token);

        Assert.Equal(0, Environment.ExitCode);
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Equal("Connected", health.Data["state"]);
        Assert.Equal(1, source.Starts);
        Assert.Equal(1, source.Broker.Counters.Published);
        Assert.True(client.Completion.IsCompletedSuccessfully);
        Assert.Equal(HealthStatus.Unhealthy, (await HealthAsync(host)).Status);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_that_is_over_is_known_to_the_host_and_to_whoever_started_the_program()
    {
        Environment.ExitCode = 0;
        await using var source = new LineClientSource();
        using var host = Build(source, options => options.Password = "wrong");
        await host.StartAsync(Token);
        var client = host.Services.GetRequiredService<Sim800MqttClient>();

        await Assert.ThrowsAsync<MqttConnectRefusedException>(() => client.WhenConnectedAsync(Token));
        await Assert.ThrowsAsync<MqttConnectRefusedException>(() => client.Completion.WaitAsync(Token));

        var health = await HealthAsync(host);
        Assert.Equal(HealthStatus.Unhealthy, health.Status);
        Assert.IsType<MqttConnectRefusedException>(health.Exception);
        await host.WaitForShutdownAsync(Token); // the default for a background service that fails
        Assert.Equal(1, Environment.ExitCode);
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task Wrong_options_stop_the_host_at_its_start_with_all_that_is_wrong()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSim800Mqtt(options =>
        {
            options.Port = 0;
            options.BaudRate = 0;
            options.Password = "p";
        });
        using var host = builder.Build();

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Equal(5, failure.Failures.Count());
    }

    [Fact]
    public void The_configured_values_arrive_where_they_belong()
    {
        using var services = new ServiceCollection().BuildServiceProvider();

        var options = ClientOptionsFactory.Create(services, new Sim800MqttHostOptions
        {
            Device = "/dev/ttyS0",
            Host = "h",
            Port = 1883,
            ClientId = "c",
            UserName = "u",
            Password = "p",
            Apn = "a",
            ApnUser = "au",
            ApnPassword = "ap",
            Pin = "1234",
            BaudRate = 9600,
            Configure = (_, made) => made with { UseWebSocket = true },
        });

        Assert.Equal(("h", 1883, true), (options.Host, options.Port, options.UseWebSocket));
        Assert.Equal(("c", false, "u"), (options.Mqtt.ClientId, options.Mqtt.CleanSession, options.Mqtt.Credentials!.UserName));
        Assert.Equal(
            ("a", "au", "ap", "1234", 9600),
            (options.Modem.Apn, options.Modem.ApnUser, options.Modem.ApnPassword, options.Modem.Pin, options.Modem.BaudRate));
        Assert.Same(TimeProvider.System, options.TimeProvider);
    }

    [Fact]
    public void Empty_values_are_no_values()
    {
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().BuildServiceProvider();

        var options = ClientOptionsFactory.Create(services, new Sim800MqttHostOptions { Device = "d", Host = "h" });

        Assert.Null(options.Mqtt.Credentials);
        Assert.True(options.Mqtt.CleanSession);
        Assert.Null(options.Modem.Apn);
        Assert.Null(options.Modem.Pin);
    }

    [Theory]
    [InlineData(MqttClientState.Connected, HealthStatus.Healthy)]
    [InlineData(MqttClientState.Connecting, HealthStatus.Degraded)]
    [InlineData(MqttClientState.Waiting, HealthStatus.Degraded)]
    [InlineData(MqttClientState.Closed, HealthStatus.Unhealthy)]
    public void Health_follows_the_state(MqttClientState state, HealthStatus expected)
    {
        var status = new MqttClientStatus(state, DateTimeOffset.UnixEpoch, new IOException("lost"), 3, null, 7);

        var health = Sim800MqttHealthCheck.ResultOf(status, 5, 2, HealthStatus.Unhealthy);

        Assert.Equal(expected, health.Status);
        Assert.Equal((3, 5, 7L), ((int)health.Data["failures"], (int)health.Data["unacknowledged"], (long)health.Data["connections"]));
        Assert.Equal(2, health.Data["heldBack"]);
    }

    [Fact]
    public void Health_tells_stage_reason_and_the_time_of_the_next_attempt()
    {
        var status = new MqttClientStatus(
            MqttClientState.Waiting, DateTimeOffset.UnixEpoch, new IOException("lost"), 3, TimeSpan.FromSeconds(4), 7)
        { Stage = "Gprs" };

        var health = Sim800MqttHealthCheck.ResultOf(status, 0, 0, HealthStatus.Unhealthy);

        Assert.Equal(("lost", "Gprs"), (health.Data["reason"], health.Data["stage"]));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(4), health.Data["nextAttempt"]);
        Assert.Contains("1970-01-01 00:00:04Z", health.Description, StringComparison.Ordinal);
    }

    private static IHost Build(LineClientSource source, Action<Sim800MqttHostOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<IClientSource>(source);
        builder.Services.AddSim800Mqtt(options =>
        {
            options.Device = "in memory";
            options.Host = "broker.test";
            options.Port = 1883;
            options.ClientId = "gateway";
            options.UserName = "u";
            options.Password = "p";
            options.BaudRate = 921_600;
            configure?.Invoke(options);
        });
        builder.Services.AddHealthChecks().AddSim800Mqtt();
        return builder.Build();
    }

    private static async Task<HealthReportEntry> HealthAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["sim800-mqtt"];
}
