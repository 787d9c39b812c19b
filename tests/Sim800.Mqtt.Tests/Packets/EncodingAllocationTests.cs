using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Tests.Packets;

/// <summary>Counted on the calling thread, which is the only one that encodes.</summary>
public sealed class EncodingAllocationTests
{
    public static TheoryData<string> Names => [.. Packets.Keys];

    private static Dictionary<string, Action<IBufferWriter<byte>>> Packets { get; } = new(StringComparer.Ordinal)
    {
        ["CONNECT"] = new ConnectPacket("c", CleanSession: true, KeepAlive: 300, Will: null, new MqttCredentials("u", "p"u8.ToArray())).Write,
        ["CONNACK"] = new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write,
        ["PUBLISH"] = new PublishPacket("a/b", new ReadOnlySequence<byte>(new byte[100]), MqttQoS.AtLeastOnce, false, false, 7).Write,
        ["PUBACK"] = new AckPacket(PacketType.PubAck, 7).Write,
        ["PUBREC"] = new AckPacket(PacketType.PubRec, 7).Write,
        ["PUBREL"] = new AckPacket(PacketType.PubRel, 7).Write,
        ["PUBCOMP"] = new AckPacket(PacketType.PubComp, 7).Write,
        ["SUBSCRIBE"] = new SubscribePacket(7, [new MqttTopicFilter("a/+", MqttQoS.AtLeastOnce), new MqttTopicFilter("b/#", MqttQoS.AtMostOnce)]).Write,
        ["SUBACK"] = new SubAckPacket(7, new byte[] { 1, 0 }).Write,
        ["UNSUBSCRIBE"] = new UnsubscribePacket(7, ["a/+", "b/#"]).Write,
        ["UNSUBACK"] = new AckPacket(PacketType.UnsubAck, 7).Write,
        ["PINGREQ"] = new EmptyPacket(PacketType.PingReq).Write,
        ["PINGRESP"] = new EmptyPacket(PacketType.PingResp).Write,
        ["DISCONNECT"] = new EmptyPacket(PacketType.Disconnect).Write,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_packet_is_encoded_without_allocating(string name)
    {
        var (write, output) = (Packets[name], new ArrayBufferWriter<byte>(1024));
        write(output);
        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        write(output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, output.WrittenCount);
    }
}
