using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem;

namespace Sim800.Mqtt.Hosting;

/// <summary>Makes the client's options of the host's.</summary>
internal static class ClientOptionsFactory
{
    internal static Sim800MqttClientOptions Create(IServiceProvider services, Sim800MqttHostOptions host)
    {
        var options = new Sim800MqttClientOptions
        {
            Host = host.Host,
            Port = host.Port,
            Modem = new Sim800ModemOptions
            {
                Apn = NullIfEmpty(host.Apn),
                ApnUser = NullIfEmpty(host.ApnUser),
                ApnPassword = NullIfEmpty(host.ApnPassword),
                Pin = NullIfEmpty(host.Pin),
                BaudRate = host.BaudRate,
            },
            Mqtt = new MqttClientOptions
            {
                ClientId = host.ClientId,
                CleanSession = host.ClientId.Length == 0,
                Credentials = host.UserName.Length == 0 ? null : new MqttCredentials(host.UserName, NullIfEmpty(host.Password)),
            },
            LoggerFactory = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System,
        };
        return host.Configure?.Invoke(services, options) ?? options;
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
