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
            UseTls = host.UseTls,
            UseWebSocket = host.UseWebSocket,
            WebSocketPath = host.WebSocketPath,
            Tls = HostTls.Create(host, (key, failure) => throw new InvalidOperationException($"{host.NameOf(key)} {failure}")),
            ConnectTimeout = host.ConnectTimeout,
            WhenOffline = host.WhenOffline,
            Modem = new ModemOptions
            {
                Apn = NullIfEmpty(host.Apn),
                ApnUser = NullIfEmpty(host.ApnUser),
                ApnPassword = NullIfEmpty(host.ApnPassword),
                Pin = NullIfEmpty(host.Pin),
                Family = host.Family,
                BaudRate = host.BaudRate,
                HardwareFlowControl = host.HardwareFlowControl,
                StateFolder = NullIfEmpty(host.StateFolder),
            },
            Mqtt = Mqtt(host),
            Reconnect = Reconnect(host.Reconnect),
            LoggerFactory = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System,
        };
        return host.Configure?.Invoke(services, options) ?? options;
    }

    private static MqttClientOptions Mqtt(Sim800MqttHostOptions host)
    {
        var options = new MqttClientOptions();
        return options with
        {
            ClientId = host.ClientId,
            CleanSession = host.CleanSession ?? host.ClientId.Length == 0,
            KeepAlive = host.KeepAlive ?? options.KeepAlive,
            Credentials = host.UserName.Length == 0 ? null : new MqttCredentials(host.UserName, NullIfEmpty(host.Password)),
            Will = host.Will is { Topic.Length: > 0 } will ? new MqttMessage(will.Topic, will.Payload, will.QoS, will.Retain) : null,
        };
    }

    private static Sim800ReconnectOptions Reconnect(Sim800MqttHostReconnect host)
    {
        var options = new Sim800ReconnectOptions();
        return options with
        {
            FirstDelay = host.FirstDelay ?? options.FirstDelay,
            LongestDelay = host.LongestDelay ?? options.LongestDelay,
            LongestPersistentDelay = host.LongestPersistentDelay ?? options.LongestPersistentDelay,
            Jitter = host.Jitter ?? options.Jitter,
            StableAfter = host.StableAfter ?? options.StableAfter,
            PersistentFailures = host.PersistentFailures ?? options.PersistentFailures,
        };
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
