using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sim800.Mqtt;
using Sim800.Mqtt.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the client to a host.</summary>
/// <example>
/// <code>
/// var builder = Host.CreateApplicationBuilder(args);
/// builder.Services.AddSim800Mqtt(builder.Configuration.GetSection("Sim800"));
/// builder.Services.AddHealthChecks().AddSim800Mqtt();
/// await builder.Build().RunAsync();
/// </code>
/// </example>
public static class Sim800MqttServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="Sim800MqttClient"/> as a singleton. The host connects it in the background when it starts, keeps it connected,
    /// and disconnects it when it stops; the options are checked at start. A client that ends by a failure fails its background service, which
    /// stops the host unless the host's options say otherwise, and sets <see cref="Environment.ExitCode"/> to 1 so that a service manager
    /// starts the program again. Observe it with
    /// <see cref="Sim800Diagnostics.MeterName"/> and <see cref="Sim800Diagnostics.ActivitySourceName"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddSim800Mqtt(this IServiceCollection services, Action<Sim800MqttHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<Sim800MqttHostOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<Sim800MqttHostOptions>, HostOptionsRules>());
        services.TryAddSingleton<IClientSource, DeviceClientSource>();
        services.TryAddSingleton<ClientHolder>();
        services.TryAddSingleton(provider => provider.GetRequiredService<ClientHolder>().Client);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModemConnectionService>());
        return services;
    }

    /// <summary>Adds the client as the other overload does, with the values of a configuration section, such as <c>"Sim800"</c> of appsettings.json. Its
    /// keys are the properties of <see cref="Sim800MqttHostOptions"/>. A host whose section has a key that is none, a value that is not allowed or a file
    /// that cannot be read does not start: <see cref="OptionsValidationException"/> names each key, what is wrong and what is allowed.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="section">The section.</param>
    /// <param name="configure">Sets what is to be set in code, after the section was read.</param>
    public static IServiceCollection AddSim800Mqtt(
        this IServiceCollection services, IConfiguration section, Action<Sim800MqttHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddSim800Mqtt(options =>
        {
            HostConfiguration.Read(section, options);
            configure?.Invoke(options);
        });
    }

    /// <summary>Adds a health check of the client: healthy while connected, degraded while it comes back, unhealthy when it is over.</summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What to report when the client is over; <see cref="HealthStatus.Unhealthy"/> by default.</param>
    /// <param name="tags">Tags to select the check by.</param>
    public static IHealthChecksBuilder AddSim800Mqtt(
        this IHealthChecksBuilder builder,
        string name = "sim800-mqtt",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, provider => new Sim800MqttHealthCheck(provider.GetRequiredService<ClientHolder>()), failureStatus, tags));
    }
}
