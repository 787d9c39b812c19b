using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Tests.Packets;

public sealed class PublishPacketTests
{
    [Fact]
    public void The_largest_packet_has_a_size_and_none_beyond_it_has()
    {
        const int beforePayload = 2 + 1; // the topic's length and the topic
        var longest = RemainingLength.MaxValue - beforePayload;
        Assert.Equal(5 + RemainingLength.MaxValue, PublishPacket.SizeOf("a", MqttQoS.AtMostOnce, longest));
        Assert.Equal(long.MaxValue, PublishPacket.SizeOf("a", MqttQoS.AtMostOnce, longest + 1));
        Assert.Equal(long.MaxValue, PublishPacket.SizeOf("a", MqttQoS.AtLeastOnce, longest));
    }

    [Fact]
    public void A_topic_that_was_seen_before_is_not_made_again()
    {
        var topics = new TopicCache();
        var frame = Wire.Frame("30 05 00 03 61 2F 62");
        Assert.Same(PublishPacket.Read(frame, topics).Topic, PublishPacket.Read(frame, topics).Topic);
    }

    [Theory]
    [InlineData("30 05 00 02 61 23 78", "a#")]
    [InlineData("30 05 00 02 61 FF 78", "a\uFFFD")]
    [InlineData("30 03 00 00 78", "")]
    public void An_invalid_topic_is_read_by_those_who_ask_for_it_and_marked(string hex, string topic)
    {
        var read = PublishPacket.Read(Wire.Frame(hex), topics: null, takesInvalidTopics: true);
        Assert.True(read.HasInvalidTopic);
        Assert.Equal(topic, read.Topic);
        Assert.Equal("x"u8.ToArray(), read.Payload.ToArray());
        Assert.Equal(topic, Assert.Throws<MqttProtocolException>(() => PublishPacket.Read(Wire.Frame(hex))).Topic);
    }

    [Fact]
    public void A_valid_topic_is_not_marked() =>
        Assert.False(PublishPacket.Read(Wire.Frame("30 03 00 01 61"), topics: null, takesInvalidTopics: true).HasInvalidTopic);

    [Fact]
    public void Who_takes_invalid_topics_takes_no_other_fault() => Assert.Equal(
        MqttProtocolError.TruncatedBody,
        Wire.ErrorOf(() => PublishPacket.Read(Wire.Frame("30 03 00 05 61"), topics: null, takesInvalidTopics: true)));

    [Fact]
    public void The_message_for_the_application_has_everything_and_a_payload_of_its_own()
    {
        var borrowed = "hi"u8.ToArray();
        var packet = new PublishPacket("a", new ReadOnlySequence<byte>(borrowed), MqttQoS.AtLeastOnce, Retain: true, Duplicate: true, 7);
        var sink = new SettledTokens();
        var message = packet.ToMessage(new InboundToken(3, 7), sink);
        borrowed.AsSpan().Clear();
        Assert.Equal(("a", MqttQoS.AtLeastOnce, true, true, 7), (message.Topic, message.QoS, message.Retain, message.Duplicate, message.PacketId));
        Assert.Equal("hi"u8.ToArray(), message.Payload.ToArray());
        message.Acknowledge();
        Assert.Equal([(new InboundToken(3, 7), true)], sink.Settled);
    }

    [Fact]
    public void A_message_without_an_acknowledgement_to_give_reaches_nobody_with_it()
    {
        var sink = new SettledTokens();
        var message = new PublishPacket("a", default, MqttQoS.AtMostOnce, Retain: false, Duplicate: false, 0).ToMessage(new InboundToken(3, 0), sink);
        message.Acknowledge();
        Assert.Empty(sink.Settled);
        Assert.True(message.Payload.IsEmpty);
    }

    private sealed class SettledTokens : IAcknowledgementSink
    {
        internal List<(InboundToken, bool)> Settled { get; } = [];

        public void Settle(InboundToken token, bool isTaken) => Settled.Add((token, isTaken));
    }
}
