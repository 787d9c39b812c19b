using System.IO.Pipelines;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Sim800.Mqtt;
using Sim800.Tls;
using MqttClient = Sim800.Mqtt.MqttClient;
using MqttClientOptions = Sim800.Mqtt.MqttClientOptions;

namespace Sim800.Benchmarks.Versus;

/// <summary>What the two libraries are asked to do.</summary>
internal interface IVersusClient : IAsyncDisposable
{
    Task ConnectAsync(int port, string? authorityPem);

    /// <summary>Subscribes to everything and calls for each message.</summary>
    Task SubscribeAsync(Action onMessage, int capacity);

    /// <summary>Publishes and waits until it is confirmed.</summary>
    Task PublishAsync(byte[] payload, int qos);
}

/// <summary>This library, on a socket.</summary>
internal sealed class OurClient(TlsEngine engine) : IVersusClient
{
    private TcpTransport? _tcp;
    private TlsConnection? _tls;
    private MqttClient? _client;

    public async Task ConnectAsync(int port, string? authorityPem)
    {
        IDuplexPipe transport = _tcp = await TcpTransport.ConnectAsync(port, CancellationToken.None);
        if (authorityPem is not null)
        {
            transport = _tls = await TlsConnection.ConnectAsync(
                transport, new TlsClientOptions { ServerName = "localhost", Engine = engine, Trust = TlsTrust.FromPem(authorityPem) });
        }

        _client = await MqttClient.ConnectAsync(transport, new MqttClientOptions { ClientId = "c", MaxPacketSize = 64 * 1024 * 1024 });
    }

    public async Task SubscribeAsync(Action onMessage, int capacity)
    {
        var options = new MqttSubscribeOptions
        {
            Capacity = capacity,
            Handler = (_, _) =>
            {
                onMessage();
                return ValueTask.CompletedTask;
            },
        };
        await _client!.SubscribeAsync([new MqttTopicFilter("t", MqttQoS.AtMostOnce)], options);
    }

    public async Task PublishAsync(byte[] payload, int qos) => await _client!.PublishAsync("t", payload, (MqttQoS)qos);

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_tls is not null)
        {
            await _tls.DisposeAsync();
        }

        if (_tcp is not null)
        {
            await _tcp.DisposeAsync();
        }
    }
}

/// <summary>MQTTnet, on a socket of its own.</summary>
internal sealed class TheirClient : IVersusClient
{
    private readonly MQTTnet.IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    public async Task ConnectAsync(int port, string? authorityPem)
    {
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V311).WithClientId("c");
        if (authorityPem is not null)
        {
            options.WithTlsOptions(tls => tls.UseTls().WithTargetHost("localhost").WithCertificateValidationHandler(_ => true));
        }

        await _client.ConnectAsync(options.Build());
    }

    public async Task SubscribeAsync(Action onMessage, int capacity)
    {
        _client.ApplicationMessageReceivedAsync += _ =>
        {
            onMessage();
            return Task.CompletedTask;
        };
        await _client.SubscribeAsync("t");
    }

    public async Task PublishAsync(byte[] payload, int qos) =>
        await _client.PublishAsync(new MqttApplicationMessage { Topic = "t", PayloadSegment = payload, QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos });

    public async ValueTask DisposeAsync()
    {
        await _client.DisconnectAsync();
        _client.Dispose();
    }
}
