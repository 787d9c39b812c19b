using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

/// <summary>A message that was given up after it had been sent keeps its packet identifier until the server cannot mean it any more.</summary>
public sealed class ForgottenIdsTests
{
    private readonly MqttInMemorySessionStore _store = new();
    private readonly PacketIdAllocator _ids = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly OutboundExchange _exchange;

    public ForgottenIdsTests() => _exchange = new(_store, _ids, new InFlightWindow(1, 1), new PoisonSearch(3));

    [Theory]
    [InlineData(MqttQoS.AtLeastOnce, PacketType.PubAck)]
    [InlineData(MqttQoS.ExactlyOnce, PacketType.PubComp)]
    internal void The_last_word_of_the_server_frees_it(MqttQoS qos, PacketType last)
    {
        SendAndForget(qos);
        Assert.Equal((1, 0), (_ids.InUse, _exchange.InFlight));
        Assert.Equal(AckOutcomeKind.Released, Hear(last).Kind);
        Assert.Equal(0, _ids.InUse);
        Assert.Equal(AckOutcomeKind.Unknown, Hear(last).Kind);
    }

    [Fact]
    public void A_server_that_has_the_message_is_told_to_release_it_before_it_is_free()
    {
        SendAndForget(MqttQoS.ExactlyOnce);
        Assert.Equal(AckOutcomeKind.Released, Hear(PacketType.PubRec).Kind);
        Assert.Equal(PacketType.PubRel, Wire.Frames(_output.WrittenMemory)[^1].Type);
        Assert.Equal(1, _ids.InUse);
        Hear(PacketType.PubComp);
        Assert.Equal(0, _ids.InUse);
    }

    [Fact]
    public void On_the_next_connection_of_the_session_QoS_1_is_free_at_once()
    {
        SendAndForget(MqttQoS.AtLeastOnce);
        _exchange.Resume();
        Assert.Equal(0, _ids.InUse);
        Assert.False(_exchange.WriteNext(_output));
        Assert.Equal(AckOutcomeKind.Unknown, Hear(PacketType.PubAck).Kind);
    }

    [Fact]
    public void On_the_next_connection_of_the_session_QoS_2_is_released_first_and_once()
    {
        SendAndForget(MqttQoS.ExactlyOnce);
        _exchange.Resume();
        _exchange.Resume();
        _output.ResetWrittenCount();
        Assert.Equal(1, _ids.InUse);
        Assert.True(_exchange.WriteNext(_output));
        Assert.Equal("62 02 00 01", Wire.Hex(_output.WrittenSpan));
        Assert.False(_exchange.WriteNext(_output));
        Assert.Equal(AckOutcomeKind.Released, Hear(PacketType.PubComp).Kind);
        Assert.Equal(0, _ids.InUse);
    }

    [Theory]
    [InlineData(MqttQoS.AtLeastOnce)]
    [InlineData(MqttQoS.ExactlyOnce)]
    public void A_new_session_knows_none_of_them(MqttQoS qos)
    {
        SendAndForget(qos);
        _exchange.Resume();
        _exchange.Restart();
        Assert.Equal(0, _ids.InUse);
        Assert.False(_exchange.WriteNext(_output));
        Assert.Equal(AckOutcomeKind.Unknown, Hear(PacketType.PubComp).Kind);
    }

    [Fact]
    public void A_message_that_waits_is_taken_out_of_the_middle_and_the_others_keep_their_order()
    {
        for (var message = 0; message < 5; message++)
        {
            Publish(MqttQoS.AtLeastOnce);
        }

        _exchange.Forget(3);
        Assert.Equal([1, 2, 4, 5], _exchange.Unconfirmed);
        Assert.Equal([1, 2, 4, 5], _store.LoadOutbound().Select(entry => entry.Sequence));
        Assert.Equal((1, 1), (_exchange.InFlight, _ids.InUse));
    }

    [Fact]
    public void A_message_that_was_given_up_leaves_its_place_to_the_next()
    {
        SendAndForget(MqttQoS.ExactlyOnce);
        Publish(MqttQoS.ExactlyOnce);
        Assert.Equal((1, 0), (_exchange.InFlight, _exchange.Waiting));
        Assert.Equal(2, PublishPacket.Read(Wire.Frames(_output.WrittenMemory)[^1]).PacketId);
    }

    private void Publish(MqttQoS qos) => Assert.NotEqual(0, _exchange.Publish(new MqttMessage("a", new byte[1], qos), _output));

    private void SendAndForget(MqttQoS qos)
    {
        Publish(qos);
        _exchange.Forget(1);
    }

    private AckOutcome Hear(PacketType type) => _exchange.Receive(new AckPacket(type, 1), _output);
}
