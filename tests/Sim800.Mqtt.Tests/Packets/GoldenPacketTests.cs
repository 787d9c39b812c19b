using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Packets;

public sealed class GoldenPacketTests
{
    private static readonly ConnectPacket FullConnect = new(
        "me", CleanSession: true, KeepAlive: 10, new MqttMessage("w", "x", MqttQoS.ExactlyOnce, retain: true), new MqttCredentials("u", "p"));

    [Fact]
    [Statement("MQTT-3.1.3-1")]
    [Statement("MQTT-3.1.3-3")]
    [Statement("MQTT-3.1.2-9")]
    [Statement("MQTT-3.1.2-14")]
    [Statement("MQTT-3.1.2-19")]
    [Statement("MQTT-3.1.2-21")]
    public void Connect_with_everything() => Assert.Equal(
        "10 1A 00 04 4D 51 54 54 04 F6 00 0A 00 02 6D 65 00 01 77 00 01 78 00 01 75 00 01 70", Wire.Hex(FullConnect.Write));

    [Fact]
    [Statement("MQTT-3.1.2-11")]
    [Statement("MQTT-3.1.2-13")]
    [Statement("MQTT-3.1.2-15")]
    [Statement("MQTT-3.1.2-18")]
    [Statement("MQTT-3.1.2-20")]
    [Statement("MQTT-3.1.2-22")]
    public void Connect_with_nothing() => Assert.Equal(
        "10 0D 00 04 4D 51 54 54 04 00 01 2C 00 01 63",
        Wire.Hex(new ConnectPacket("c", CleanSession: false, KeepAlive: 300, Will: null, Credentials: null).Write));

    [Fact]
    [Statement("MQTT-3.1.2-20")]
    public void Connect_with_a_user_name_alone() => Assert.Equal(
        "10 0F 00 04 4D 51 54 54 04 82 00 00 00 00 00 01 75",
        Wire.Hex(new ConnectPacket("", CleanSession: true, KeepAlive: 0, Will: null, new MqttCredentials("u")).Write));

    [Fact]
    [Statement("MQTT-3.1.3-4")]
    [Statement("MQTT-3.1.3-10")]
    [Statement("MQTT-3.1.3-11")]
    public void Connect_with_text_beyond_ascii_is_UTF_8() => Assert.Equal(
        "10 1A 00 04 4D 51 54 54 04 84 00 00 00 02 C3 A4 00 03 E6 BC A2 00 00 00 03 E2 82 AC",
        Wire.Hex(new ConnectPacket("ä", CleanSession: false, KeepAlive: 0, new MqttMessage("漢", ""), new MqttCredentials("€")).Write));

    [Fact]
    [Statement("MQTT-1.5.3-3")]
    [Statement("MQTT-3.8.3-1")]
    [Statement("MQTT-3.10.3-1")]
    public void A_byte_order_mark_and_text_beyond_ascii_are_sent_as_they_are()
    {
        Assert.Equal(
            "30 06 00 04 EF BB BF 61",
            Wire.Hex(new PublishPacket("\uFEFFa", default, MqttQoS.AtMostOnce, Retain: false, Duplicate: false, 0).Write));
        Assert.Equal("82 07 00 01 00 02 C3 A4 00", Wire.Hex(new SubscribePacket(1, [new("ä", MqttQoS.AtMostOnce)]).Write));
        Assert.Equal("A2 06 00 01 00 02 C3 A4", Wire.Hex(new UnsubscribePacket(1, ["ä"]).Write));
    }

    [Theory]
    [InlineData("20 02 00 00", false, MqttConnectReturnCode.Accepted)]
    [InlineData("20 02 01 00", true, MqttConnectReturnCode.Accepted)]
    [InlineData("20 02 00 05", false, MqttConnectReturnCode.NotAuthorized)]
    public void ConnAck(string hex, bool sessionPresent, MqttConnectReturnCode code)
    {
        var packet = new ConnAckPacket(sessionPresent, code);
        Assert.Equal(hex, Wire.Hex(packet.Write));
        Assert.Equal(packet, ConnAckPacket.Read(Wire.Frame(hex)));
    }

    [Fact]
    [Statement("MQTT-2.3.1-5")]
    [Statement("MQTT-3.3.2-1")]
    public void Publish_of_QoS_0_has_no_packet_identifier() => Assert.Equal(
        "30 07 00 03 61 2F 62 68 69", Wire.Hex(Publish(MqttQoS.AtMostOnce, 0, retain: false, duplicate: false).Write));

    [Fact]
    [Statement("MQTT-2.3.1-1")]
    public void Publish_of_QoS_1() => Assert.Equal(
        "33 09 00 03 61 2F 62 00 0A 68 69", Wire.Hex(Publish(MqttQoS.AtLeastOnce, 10, retain: true, duplicate: false).Write));

    [Fact]
    public void Publish_of_QoS_2_again() => Assert.Equal(
        "3C 09 00 03 61 2F 62 FF FF 68 69", Wire.Hex(Publish(MqttQoS.ExactlyOnce, 65535, retain: false, duplicate: true).Write));

    [Theory]
    [InlineData((byte)PacketType.PubAck, "40 02 12 34")]
    [InlineData((byte)PacketType.PubRec, "50 02 12 34")]
    [InlineData((byte)PacketType.PubRel, "62 02 12 34")]
    [InlineData((byte)PacketType.PubComp, "70 02 12 34")]
    [InlineData((byte)PacketType.UnsubAck, "B0 02 12 34")]
    [Statement("MQTT-3.6.1-1")]
    [Statement("MQTT-2.2.2-1")]
    public void Acknowledgements(byte type, string hex)
    {
        var packet = new AckPacket((PacketType)type, 0x1234);
        Assert.Equal(hex, Wire.Hex(packet.Write));
        Assert.Equal(packet, AckPacket.Read(Wire.Frame(hex)));
    }

    [Fact]
    [Statement("MQTT-3.8.1-1")]
    [Statement("MQTT-3.8.3-1")]
    [Statement("MQTT-3.8.3-3")]
    [Statement("MQTT-2.3.1-1")]
    public void Subscribe()
    {
        var packet = new SubscribePacket(10, [new("a/b", MqttQoS.AtLeastOnce), new("c/+", MqttQoS.ExactlyOnce)]);
        Assert.Equal("82 0E 00 0A 00 03 61 2F 62 01 00 03 63 2F 2B 02", Wire.Hex(packet.Write));
        var read = SubscribePacket.Read(Wire.Frame(packet.Write));
        Assert.Equal(10, read.PacketId);
        Assert.Equal(packet.Requests, read.Requests);
    }

    [Fact]
    [Statement("MQTT-3.9.3-2")]
    public void SubAck()
    {
        var packet = new SubAckPacket(10, new byte[] { 0, 2, 0x80 });
        Assert.Equal("90 05 00 0A 00 02 80", Wire.Hex(packet.Write));
        var read = SubAckPacket.Read(Wire.Frame(packet.Write));
        Assert.Equal(10, read.PacketId);
        Assert.Equal([0, 2, 0x80], read.ReturnCodes.ToArray());
    }

    [Fact]
    [Statement("MQTT-3.10.1-1")]
    [Statement("MQTT-3.10.3-1")]
    [Statement("MQTT-3.10.3-2")]
    [Statement("MQTT-2.3.1-1")]
    public void Unsubscribe()
    {
        var packet = new UnsubscribePacket(11, ["a/b", "#"]);
        Assert.Equal("A2 0A 00 0B 00 03 61 2F 62 00 01 23", Wire.Hex(packet.Write));
        var read = UnsubscribePacket.Read(Wire.Frame(packet.Write));
        Assert.Equal(11, read.PacketId);
        Assert.Equal(packet.Filters, read.Filters);
    }

    [Theory]
    [InlineData((byte)PacketType.PingReq, "C0 00")]
    [InlineData((byte)PacketType.PingResp, "D0 00")]
    [InlineData((byte)PacketType.Disconnect, "E0 00")]
    public void Empty_packets(byte type, string hex)
    {
        var packet = new EmptyPacket((PacketType)type);
        Assert.Equal(hex, Wire.Hex(packet.Write));
        Assert.Equal(packet, EmptyPacket.Read(Wire.Frame(hex)));
    }

    [Fact]
    public void Connect_reads_back_what_it_wrote()
    {
        var read = ConnectPacket.Read(Wire.Frame(FullConnect.Write));
        Assert.Equal(("me", true, (ushort)10), (read.ClientId, read.CleanSession, read.KeepAlive));
        Assert.Equal(new MqttMessage("w", "x", MqttQoS.ExactlyOnce, retain: true), read.Will);
        Assert.Equal("u", read.Credentials!.UserName);
        Assert.Equal("p"u8.ToArray(), read.Credentials.Password!.Value.ToArray());
    }

    private static PublishPacket Publish(MqttQoS qos, ushort id, bool retain, bool duplicate) =>
        new("a/b", new ReadOnlySequence<byte>("hi"u8.ToArray()), qos, retain, duplicate, id);
}
