using System.Buffers;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

/// <summary>What is counted of messages that come, and in what order they are answered.</summary>
public sealed class InboundExchangeTests
{
    private readonly MqttInMemorySessionStore _store = new();
    private readonly InboundExchange _inbound;
    private readonly ArrayBufferWriter<byte> _output = new();

    public InboundExchangeTests() => _inbound = new InboundExchange(_store);

    [Theory]
    [InlineData(MqttQoS.AtLeastOnce, "40 02 00 01 40 02 00 02")]
    [InlineData(MqttQoS.ExactlyOnce, "50 02 00 01 50 02 00 02")]
    public void An_answer_waits_for_those_before_it(MqttQoS qos, string answers)
    {
        var (first, second) = (Receive(1, qos), Receive(2, qos));
        Assert.Equal(2, _inbound.HeldBack);
        _inbound.Settle(second, isTaken: true, _output);
        Assert.Equal(0, _output.WrittenCount);
        Assert.Equal((2, 0L), (_inbound.HeldBack, _inbound.Answered));
        _inbound.Settle(first, isTaken: true, _output);
        Assert.Equal(Wire.Parse(answers), _output.WrittenSpan.ToArray());
        Assert.Equal((0, 2L), (_inbound.HeldBack, _inbound.Answered));
    }

    [Fact]
    public void QoS_1_does_not_wait_for_QoS_2()
    {
        Receive(1, MqttQoS.ExactlyOnce);
        _inbound.Settle(Receive(2, MqttQoS.AtLeastOnce), isTaken: true, _output);
        Assert.Equal(Wire.Parse("40 02 00 02"), _output.WrittenSpan.ToArray());
        Assert.Equal(1, _inbound.HeldBack);
    }

    [Fact]
    public void What_is_given_back_is_held_back_until_the_next_connection()
    {
        var (first, second) = (Receive(1, MqttQoS.AtLeastOnce), Receive(2, MqttQoS.AtLeastOnce));
        _inbound.Settle(first, isTaken: false, _output);
        _inbound.Settle(second, isTaken: true, _output);
        Assert.Equal(Wire.Parse("40 02 00 02"), _output.WrittenSpan.ToArray());
        Assert.Equal((1, 1L), (_inbound.HeldBack, _inbound.Answered));
        _inbound.Resume();
        Assert.Equal(0, _inbound.HeldBack);
        Assert.True(_inbound.Receive(Packet(1, MqttQoS.AtLeastOnce, isDuplicate: true), _output, out _));
    }

    [Fact]
    public void A_message_that_the_server_has_forgotten_is_counted_and_replaced()
    {
        _inbound.Settle(Receive(1, MqttQoS.ExactlyOnce), isTaken: true, _output);
        Assert.Single(_store.LoadInbound());
        _inbound.Resume();
        Assert.True(_inbound.Receive(Packet(1, MqttQoS.ExactlyOnce, isDuplicate: false, "another"), _output, out _));
        Assert.Equal(1, _inbound.ForgottenByServer);
        Assert.Empty(_store.LoadInbound());
    }

    private static PublishPacket Packet(ushort packetId, MqttQoS qos, bool isDuplicate, string topic = "a") =>
        new(topic, ReadOnlySequence<byte>.Empty, qos, Retain: false, isDuplicate, packetId);

    private InboundToken Receive(ushort packetId, MqttQoS qos)
    {
        Assert.True(_inbound.Receive(Packet(packetId, qos, isDuplicate: false), _output, out var token));
        return token;
    }
}
