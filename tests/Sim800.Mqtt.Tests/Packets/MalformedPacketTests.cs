using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Packets;

public sealed class MalformedPacketTests
{
    [Theory]
    [InlineData("30 01 00", MqttProtocolError.TruncatedBody)]
    [InlineData("30 03 00 05 61", MqttProtocolError.TruncatedBody)]
    [InlineData("32 03 00 01 61", MqttProtocolError.TruncatedBody)]
    [InlineData("32 04 00 01 61 00", MqttProtocolError.TruncatedBody)]
    [InlineData("30 02 00 00", MqttProtocolError.InvalidTopic)]
    [InlineData("32 05 00 01 61 00 00", MqttProtocolError.InvalidPacketId)]
    [Statement("MQTT-2.3.1-1")]
    public void Publish(string hex, MqttProtocolError error) =>
        Assert.Equal(error, Wire.ErrorOf(() => PublishPacket.Read(Wire.Frame(hex))));

    [Fact]
    [Statement("MQTT-3.3.1-4")]
    public void Publish_with_both_QoS_bits() =>
        Assert.Equal(MqttProtocolError.InvalidQoS, Wire.ErrorOf(() => PublishPacket.Read(Wire.Frame("36 05 00 01 61 00 01"))));

    [Fact]
    [Statement("MQTT-3.3.1-2")]
    public void Publish_of_QoS_0_with_DUP() => Assert.Equal(
        MqttProtocolError.DuplicateFlagOnQoS0, Wire.ErrorOf(() => PublishPacket.Read(Wire.Frame("38 03 00 01 61"))));

    [Theory]
    [InlineData("30 04 00 02 61 23")]
    [InlineData("30 04 00 02 2B 61")]
    [Statement("MQTT-3.3.2-2")]
    [Statement("MQTT-4.7.1-1")]
    public void Publish_with_a_wildcard(string hex) =>
        Assert.Equal(MqttProtocolError.InvalidTopic, Wire.ErrorOf(() => PublishPacket.Read(Wire.Frame(hex))));

    [Theory]
    [InlineData("30 05 00 03 ED A0 80")] // U+D800
    [InlineData("30 05 00 03 ED BF BF")] // U+DFFF
    [InlineData("30 04 00 02 C0 80")] // overlong U+0000
    [InlineData("30 03 00 01 80")]
    [InlineData("30 03 00 01 FF")]
    [InlineData("30 06 00 04 F4 90 80 80")] // beyond U+10FFFF
    [Statement("MQTT-1.5.3-1")]
    public void Text_that_is_not_UTF_8(string hex) =>
        Assert.Equal(MqttProtocolError.InvalidUtf8, Wire.ErrorOf(() => PublishPacket.Read(Wire.Frame(hex))));

    [Fact]
    [Statement("MQTT-1.5.3-2")]
    [Statement("MQTT-4.7.3-2")]
    public void Text_with_U_0000() => Assert.Equal(
        MqttProtocolError.InvalidUtf8, Wire.ErrorOf(() => PublishPacket.Read(Wire.Frame("30 05 00 03 61 00 62"))));

    [Fact]
    [Statement("MQTT-1.5.3-3")]
    public void A_byte_order_mark_is_a_character_like_any_other() =>
        Assert.Equal("\uFEFFa", PublishPacket.Read(Wire.Frame("30 06 00 04 EF BB BF 61")).Topic);

    [Theory]
    [InlineData("20 01 00", MqttProtocolError.TruncatedBody)]
    [InlineData("20 03 00 00 00", MqttProtocolError.TrailingBytes)]
    [InlineData("20 02 00 06", MqttProtocolError.InvalidReturnCode)]
    [InlineData("20 02 02 00", MqttProtocolError.InvalidConnectFlags)]
    public void ConnAck(string hex, MqttProtocolError error) =>
        Assert.Equal(error, Wire.ErrorOf(() => ConnAckPacket.Read(Wire.Frame(hex))));

    [Fact]
    [Statement("MQTT-3.2.2-4")]
    public void ConnAck_that_refuses_and_claims_a_session_keeps_its_reason() => Assert.Equal(
        MqttConnectReturnCode.IdentifierRejected, ConnAckPacket.Read(Wire.Frame("20 02 01 02")).ReturnCode);

    [Theory]
    [InlineData("40 01 00", MqttProtocolError.TruncatedBody)]
    [InlineData("40 02 00 00", MqttProtocolError.InvalidPacketId)]
    [InlineData("40 03 00 01 00", MqttProtocolError.TrailingBytes)]
    public void Acknowledgement(string hex, MqttProtocolError error) =>
        Assert.Equal(error, Wire.ErrorOf(() => AckPacket.Read(Wire.Frame(hex))));

    [Theory]
    [InlineData("90 02 00 01", MqttProtocolError.TruncatedBody)]
    [InlineData("90 03 00 00 01", MqttProtocolError.InvalidPacketId)]
    [InlineData("90 03 00 01 03", MqttProtocolError.InvalidReturnCode)]
    [InlineData("90 03 00 01 81", MqttProtocolError.InvalidReturnCode)]
    [Statement("MQTT-3.9.3-2")]
    public void SubAck(string hex, MqttProtocolError error) =>
        Assert.Equal(error, Wire.ErrorOf(() => SubAckPacket.Read(Wire.Frame(hex))));

    [Theory]
    [InlineData("82 02 00 01", MqttProtocolError.TruncatedBody)]
    [InlineData("82 05 00 01 00 00 00", MqttProtocolError.InvalidTopicFilter)]
    [InlineData("82 06 00 01 00 01 61 03", MqttProtocolError.InvalidQoS)]
    [InlineData("82 05 00 01 00 01 61", MqttProtocolError.TruncatedBody)]
    public void Subscribe(string hex, MqttProtocolError error) =>
        Assert.Equal(error, Wire.ErrorOf(() => SubscribePacket.Read(Wire.Frame(hex))));

    [Theory]
    [InlineData("A2 02 00 01", MqttProtocolError.TruncatedBody)]
    [InlineData("A2 06 00 01 00 02 23 61", MqttProtocolError.InvalidTopicFilter)]
    public void Unsubscribe(string hex, MqttProtocolError error) =>
        Assert.Equal(error, Wire.ErrorOf(() => UnsubscribePacket.Read(Wire.Frame(hex))));

    [Fact]
    public void An_empty_packet_with_a_body() =>
        Assert.Equal(MqttProtocolError.TrailingBytes, Wire.ErrorOf(() => EmptyPacket.Read(Wire.Frame("D0 01 00"))));

    [Theory]
    [InlineData("10 0C 00 04 4D 51 54 54 03 00 00 00 00 00", MqttProtocolError.InvalidProtocol)]
    [InlineData("10 0C 00 04 4D 51 54 58 04 00 00 00 00 00", MqttProtocolError.InvalidProtocol)]
    [InlineData("10 0C 00 04 4D 51 54 54 04 01 00 00 00 00", MqttProtocolError.InvalidConnectFlags)] // reserved
    [InlineData("10 0C 00 04 4D 51 54 54 04 1C 00 00 00 00", MqttProtocolError.InvalidConnectFlags)] // will QoS 3
    [InlineData("10 0C 00 04 4D 51 54 54 04 08 00 00 00 00", MqttProtocolError.InvalidConnectFlags)] // QoS without will
    [InlineData("10 0C 00 04 4D 51 54 54 04 20 00 00 00 00", MqttProtocolError.InvalidConnectFlags)] // retain without will
    [InlineData("10 0C 00 04 4D 51 54 54 04 40 00 00 00 00", MqttProtocolError.InvalidConnectFlags)] // password without user
    [InlineData("10 0C 00 04 4D 51 54 54 04 80 00 00 00 00", MqttProtocolError.TruncatedBody)]
    [InlineData("10 0D 00 04 4D 51 54 54 04 00 00 00 00 00 00", MqttProtocolError.TrailingBytes)]
    [InlineData("10 10 00 04 4D 51 54 54 04 04 00 00 00 00 00 00 00 00", MqttProtocolError.InvalidTopic)]
    public void Connect(string hex, MqttProtocolError error) =>
        Assert.Equal(error, Wire.ErrorOf(() => ConnectPacket.Read(Wire.Frame(hex))));

    [Fact]
    public void A_packet_of_another_type_is_not_read_as_this_one() =>
        Assert.Equal(MqttProtocolError.UnexpectedPacket, Wire.ErrorOf(() => SubAckPacket.Read(Wire.Frame("B0 02 00 01"))));

    [Fact]
    public void Every_error_has_a_message_that_names_it_and_a_remedy()
    {
        foreach (var error in Enum.GetValues<MqttProtocolError>())
        {
            var e = new MqttProtocolException(error);
            Assert.Contains(error.ToString(), e.Message, StringComparison.Ordinal);
            Assert.NotEmpty(e.RemedyText);
        }
    }
}
