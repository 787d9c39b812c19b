using BenchmarkDotNet.Attributes;
using Sim800.Mqtt;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Benchmarks;

/// <summary>TLS handshake and MQTT CONNECT against SslStream, in memory: what a connection costs the gateway's processor.</summary>
[MemoryDiagnoser]
public class TlsHandshakeBenchmarks
{
    private readonly TlsInMemorySessionCache _sessions = new();
    private readonly LoopbackBroker _broker = LoopbackBroker.Start(
        new LoopbackBrokerOptions { Listen = false, Tls = true, ServerNames = ["broker.example"] });

    [Benchmark(Baseline = true)]
    public Task FullAsync() => ConnectAsync(TlsEngine.BouncyCastle, null);

    /// <summary>The platform's engine keeps its sessions to itself, and mostly keeps none.</summary>
    [Benchmark]
    public Task ResumedAsync() => ConnectAsync(TlsEngine.BouncyCastle, _sessions);

    [Benchmark]
    public Task FullOnPlatformAsync() => ConnectAsync(TlsEngine.Platform, null);

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _broker.DisposeAsync();

    private async Task ConnectAsync(TlsEngine engine, ITlsSessionCache? sessions)
    {
        var line = new MemoryLine();
        var serving = _broker.ServeAsync(line.Server);
        var tls = await TlsConnection.ConnectAsync(line.Client, new TlsClientOptions
        {
            ServerName = "broker.example",
            Engine = engine,
            Trust = TlsTrust.FromPem(_broker.CertificateAuthorityPem),
            SessionCache = sessions,
        });
        await using (await MqttClient.ConnectAsync(tls, new MqttClientOptions { ClientId = "gateway-0001" }))
        {
        }

        await serving;
    }
}
