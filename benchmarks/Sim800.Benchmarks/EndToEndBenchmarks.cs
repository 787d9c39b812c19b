using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Sim800.Benchmarks.Layers;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Benchmarks;

/// <summary>
/// Messages through the client and a broker in memory, in one layer, two or three, beside the same bytes with no protocol at all.
/// The broker and its side of TLS work in the same process and are measured with it.
/// </summary>
[MemoryDiagnoser]
public class EndToEndBenchmarks
{
    private const int Messages = 1_000;
    private const string Topic = "t/1";
    private const int PacketSize = 2 + 2 + 3 + 2 + 100;
    private readonly byte[] _payload = new byte[100];
    private readonly Task[] _waiting = new Task[Messages];
    private readonly List<IAsyncDisposable> _owned = [];
    private LoopbackBroker? _broker;
    private MqttClient? _client;
    private IMqttSubscription? _subscription;

    [Params(StackDepth.Mqtt, StackDepth.Tls, StackDepth.Modem)]
    public StackDepth Layers { get; set; }

#pragma warning disable VSTHRD002 // not every toolchain of BenchmarkDotNet awaits a set-up
    [GlobalSetup]
    public void SetUp() => SetUpAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void CleanUp() => CleanUpAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public async Task SameBytesNoProtocolAsync()
    {
        var pipe = new Pipe();
        var reading = DrainAsync(pipe.Reader);
        for (var sent = 0; sent < Messages; sent++)
        {
            pipe.Writer.GetSpan(PacketSize)[..PacketSize].Clear();
            pipe.Writer.Advance(PacketSize);
            await pipe.Writer.FlushAsync();
        }

        await pipe.Writer.CompleteAsync();
        await reading;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task PublishQoS0Async()
    {
        for (var sent = 0; sent < Messages; sent++)
        {
            await _client!.PublishAsync(Topic, _payload);
        }

        await _client!.FlushAsync();
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task PublishQoS1Async()
    {
        for (var sent = 0; sent < Messages; sent++)
        {
            _waiting[sent] = _client!.PublishAsync(Topic, _payload, MqttQoS.AtLeastOnce).AsTask();
        }

        await Task.WhenAll(_waiting);
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task ReceiveAsync()
    {
        for (var sent = 0; sent < Messages; sent++)
        {
            _broker!.Publish("echo", _payload);
        }

        var taken = 0;
        await foreach (var message in _subscription!)
        {
            _ = message;
            if (++taken == Messages)
            {
                return;
            }
        }
    }

    private async Task SetUpAsync()
    {
        _broker = LoopbackBroker.Start(
            new LoopbackBrokerOptions { Listen = false, Tls = Layers != StackDepth.Mqtt, ServerNames = [LayerRig.Host], MaxInFlight = 1000 });
        _client = await MqttClient.ConnectAsync(
            await SecureAsync(await LinkAsync()), new MqttClientOptions { ClientId = "gateway-0001", MaxInFlight = 1000 });
        _subscription = await _client.SubscribeAsync(
                [new MqttTopicFilter("echo", MqttQoS.AtMostOnce)], new MqttSubscribeOptions { Capacity = Messages });
    }

    private async Task CleanUpAsync()
    {
        await _client!.DisposeAsync();
        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }

        await _broker!.DisposeAsync();
    }

    private async Task<IDuplexPipe> LinkAsync()
    {
        var line = new MemoryLine();
        _ = _broker!.ServeAsync(line.Server);
        if (Layers != StackDepth.Modem)
        {
            return line.Client;
        }

        var canned = new CannedModem();
        _ = new BridgedPeer(canned, line.Client).RunAsync();
        var modem = await CellularModem.OpenAsync(canned, new ModemOptions { Apn = "internet" });
        _owned.Add(modem);
        return await modem.ConnectTcpAsync(LayerRig.Host, 8883, CancellationToken.None);
    }

    private async Task<IDuplexPipe> SecureAsync(IDuplexPipe transport) => Layers == StackDepth.Mqtt
        ? transport
        : await TlsConnection.ConnectAsync(
            transport, new TlsClientOptions { ServerName = LayerRig.Host, Trust = TlsTrust.FromPem(_broker!.CertificateAuthorityPem) });

    private static async Task DrainAsync(PipeReader reader)
    {
        while (true)
        {
            var result = await reader.ReadAsync();
            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
