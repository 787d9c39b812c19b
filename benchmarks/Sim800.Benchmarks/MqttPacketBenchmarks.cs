using System.Buffers;
using BenchmarkDotNet.Attributes;
using Sim800.Mqtt;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Benchmarks;

/// <summary>Every packet but PUBLISH.</summary>
[MemoryDiagnoser]
public class MqttPacketBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(1024);
    private ReadOnlySequence<byte> _encoded;
    private Action<IBufferWriter<byte>> _write = _ => { };
    private Func<MqttFrame, int> _read = _ => 0;

    [Params(
        "CONNECT", "CONNACK", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT")]
    public string Packet { get; set; } = string.Empty;

    [GlobalSetup]
    public void SetUp()
    {
        (_write, _read) = Enum.Parse<PacketType>(Packet, ignoreCase: true) switch
        {
            PacketType.Connect => Of(
                new ConnectPacket("gateway-0001", CleanSession: true, KeepAlive: 300, Will: null, new MqttCredentials("user", "secret"u8.ToArray())).Write,
                frame => ConnectPacket.Read(frame).KeepAlive),
            PacketType.ConnAck => Of(
                new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write, frame => (int)ConnAckPacket.Read(frame).ReturnCode),
            PacketType.Subscribe => Of(
                new SubscribePacket(10, [new MqttTopicFilter("site/+/temperature", MqttQoS.AtLeastOnce)]).Write,
                frame => SubscribePacket.Read(frame).PacketId),
            PacketType.SubAck => Of(new SubAckPacket(10, new byte[] { 1 }).Write, frame => SubAckPacket.Read(frame).PacketId),
            PacketType.Unsubscribe => Of(
                new UnsubscribePacket(10, ["site/+/temperature"]).Write, frame => UnsubscribePacket.Read(frame).PacketId),
            (PacketType.PingReq or PacketType.PingResp or PacketType.Disconnect) and var type => Of(
                new EmptyPacket(type).Write, frame => (int)EmptyPacket.Read(frame).Type),
            var type => Of(new AckPacket(type, 10).Write, frame => AckPacket.Read(frame).PacketId),
        };
        _write(_output);
        _encoded = new ReadOnlySequence<byte>(_output.WrittenSpan.ToArray());
    }

    [Benchmark]
    public int Encode()
    {
        _output.ResetWrittenCount();
        _write(_output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int Decode()
    {
        var input = _encoded;
        return MqttFrame.TryRead(ref input, 1 << 20, out var frame) ? _read(frame) : 0;
    }

    private static (Action<IBufferWriter<byte>> Write, Func<MqttFrame, int> Read) Of(Action<IBufferWriter<byte>> write, Func<MqttFrame, int> read) =>
        (write, read);
}
