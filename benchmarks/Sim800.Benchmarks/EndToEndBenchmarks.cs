using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Sim800.Mqtt;
using Sim800.Simulator;

namespace Sim800.Benchmarks;

/// <summary>Messages through the client and a broker in memory, beside the same bytes with no protocol at all.</summary>
[MemoryDiagnoser]
public class EndToEndBenchmarks
{
    private const int Messages = 1_000;
    private const string Topic = "t/1";
    private const int PacketSize = 2 + 2 + 3 + 2 + 100;
    private readonly LoopbackBroker _broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Listen = false, MaxInFlight = 1000 });
    private readonly byte[] _payload = new byte[100];
    private readonly Task[] _waiting = new Task[Messages];
    private MqttClient? _client;
    private MqttSubscription? _subscription;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var line = new MemoryLine();
        _ = _broker.ServeAsync(line.Server);
        _client = await MqttClient.ConnectAsync(line.Client, new MqttClientOptions { ClientId = "gateway-0001", MaxInFlight = 1000 });
        _subscription = await _client.SubscribeAsync("echo", new MqttSubscribeOptions { QoS = MqttQoS.AtMostOnce, Capacity = Messages });
    }

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
            _broker.Publish("echo", _payload);
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

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _client!.DisposeAsync();
        await _broker.DisposeAsync();
    }

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
