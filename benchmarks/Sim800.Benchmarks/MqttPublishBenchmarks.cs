using System.Buffers;
using BenchmarkDotNet.Attributes;
using Sim800.Mqtt;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Topics;

namespace Sim800.Benchmarks;

/// <summary>PUBLISH, the packet whose speed counts, at several sizes.</summary>
[MemoryDiagnoser]
public class MqttPublishBenchmarks
{
    private const string Topic = "site/7/boiler/temperature";
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly TopicCache _topics = new();
    private PublishPacket _packet;
    private ReadOnlySequence<byte> _encoded;

    [Params(16, 256, 1024, 16384)]
    public int Payload { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _packet = new PublishPacket(Topic, new(new byte[Payload]), MqttQoS.AtLeastOnce, Retain: false, Duplicate: false, PacketId: 10);
        _packet.Write(_output);
        _encoded = new ReadOnlySequence<byte>(_output.WrittenSpan.ToArray());
    }

    [Benchmark]
    public int Encode()
    {
        _output.ResetWrittenCount();
        _packet.Write(_output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public long Decode()
    {
        var input = _encoded;
        return MqttFrame.TryRead(ref input, 1 << 20, out var frame) ? PublishPacket.Read(frame, _topics).Payload.Length : 0;
    }
}
