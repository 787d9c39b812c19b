using System.Net;
using MQTTnet.Server;
using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>An MQTTnet.Server of its own for one test class, in the process of the tests.</summary>
public sealed class MqttNetBroker : IAsyncLifetime
{
    private readonly MqttServer _server;

    public MqttNetBroker()
    {
        var options = new MqttServerOptionsBuilder()
            .WithDefaultEndpoint()
            .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
            .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
            .WithDefaultEndpointPort(Port)
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(10_000);
        _server = new MqttServerFactory().CreateMqttServer(options.Build());
    }

    public int Port { get; } = FreePort.Next();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
    }
}
