using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Tests.Conformance;

namespace Sim800.Mqtt.Tests.Session;

public sealed class OutboundExchangeTests
{
    private readonly MqttInMemorySessionStore _store = new();
    private readonly PacketIdAllocator _ids = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void A_message_does_not_overtake_one_that_waits_for_the_window_of_QoS_2()
    {
        var exchange = Exchange(all: 10, exactlyOnce: 1);
        Publish(exchange, MqttQoS.ExactlyOnce);
        Publish(exchange, MqttQoS.ExactlyOnce);
        Publish(exchange, MqttQoS.AtLeastOnce);
        Assert.Equal((1, 2), (exchange.InFlight, exchange.Waiting));
        Assert.False(exchange.WriteNext(_output));
        exchange.Receive(new AckPacket(PacketType.PubRec, 1), _output);
        exchange.Receive(new AckPacket(PacketType.PubComp, 1), _output);
        Assert.True(exchange.WriteNext(_output));
        Assert.True(exchange.WriteNext(_output));
        Assert.False(exchange.WriteNext(_output));
        Assert.Equal([MqttQoS.ExactlyOnce, MqttQoS.ExactlyOnce, MqttQoS.AtLeastOnce], SentQoS());
    }

    [Fact]
    public void A_message_does_not_overtake_one_that_is_to_be_sent_again()
    {
        var exchange = Exchange();
        Publish(exchange, MqttQoS.AtLeastOnce);
        exchange.Resume();
        Publish(exchange, MqttQoS.AtLeastOnce);
        Assert.Equal((1, 1), (exchange.InFlight, exchange.Waiting));
        Assert.True(exchange.WriteNext(_output));
        Assert.True(exchange.WriteNext(_output));
        Assert.Equal([1, 1, 2], Frames().Select(frame => (int)PublishPacket.Read(frame).PacketId));
    }

    [Fact]
    public void A_message_confirmed_before_it_was_sent_again_is_not_sent_again()
    {
        var exchange = Exchange();
        Publish(exchange, MqttQoS.AtLeastOnce);
        Publish(exchange, MqttQoS.AtLeastOnce);
        exchange.Resume();
        exchange.Receive(new AckPacket(PacketType.PubAck, 1), _output);
        Assert.True(exchange.WriteNext(_output));
        Assert.False(exchange.WriteNext(_output));
        Assert.Equal([1, 2, 2], Frames().Select(frame => (int)PublishPacket.Read(frame).PacketId));
    }

    [Fact]
    public void A_new_session_gives_all_identifiers_and_the_whole_window_back()
    {
        var exchange = Exchange(all: 2, exactlyOnce: 1);
        Publish(exchange, MqttQoS.ExactlyOnce);
        Publish(exchange, MqttQoS.AtLeastOnce);
        exchange.Restart();
        Assert.Equal((0, 0, 2), (_ids.InUse, exchange.InFlight, exchange.Waiting));
        Assert.All(_store.LoadOutbound(), entry => Assert.Equal((MqttDeliveryState.Queued, (ushort)0), (entry.State, entry.PacketId)));
        Assert.True(exchange.WriteNext(_output));
        Assert.True(exchange.WriteNext(_output));
        Assert.Equal(2, _ids.InUse);
    }

    [Fact]
    public void Again_come_releases_in_the_order_of_their_PUBRECs_and_then_messages_in_their_own()
    {
        var exchange = Exchange();
        foreach (var qos in new[] { MqttQoS.ExactlyOnce, MqttQoS.ExactlyOnce, MqttQoS.ExactlyOnce, MqttQoS.AtLeastOnce })
        {
            Publish(exchange, qos);
        }

        exchange.Receive(new AckPacket(PacketType.PubRec, 3), _output);
        exchange.Receive(new AckPacket(PacketType.PubRec, 1), _output);
        exchange.Resume();
        Assert.Equal(["PubRel 3", "PubRel 1", "Publish 2 DUP", "Publish 4 DUP"], WrittenBy(exchange));
    }

    [Fact]
    public void What_a_store_holds_comes_again_in_the_same_order()
    {
        Store(1, MqttDeliveryState.Published, 9);
        Store(2, MqttDeliveryState.Released, 8);
        Store(3, MqttDeliveryState.Released, 7);
        Store(4, MqttDeliveryState.Queued, 0);
        var exchange = Exchange();
        exchange.Resume();
        Assert.Equal(["PubRel 8", "PubRel 7", "Publish 9 DUP", "Publish 1"], WrittenBy(exchange));
    }

    [Fact]
    public void A_new_session_sends_each_message_once_in_its_order_and_as_a_new_one()
    {
        var exchange = Exchange(all: 3, exactlyOnce: 3);
        for (var count = 0; count < 5; count++)
        {
            Publish(exchange, MqttQoS.AtLeastOnce);
        }

        exchange.Resume();
        exchange.Restart();
        Assert.Equal((0, 0, 5), (_ids.InUse, exchange.InFlight, exchange.Waiting));
        Assert.Equal(["Publish 4", "Publish 5", "Publish 6"], WrittenBy(exchange));
        foreach (ushort packetId in new[] { 4, 5, 6 })
        {
            exchange.Receive(new AckPacket(PacketType.PubAck, packetId), _output);
        }

        Assert.Equal(["Publish 7", "Publish 8"], WrittenBy(exchange));
    }

    [Fact]
    public void A_store_that_holds_one_identifier_twice_costs_no_message()
    {
        Store(1, MqttDeliveryState.Published, 7);
        Store(2, MqttDeliveryState.Published, 7);
        Store(3, MqttDeliveryState.Released, 0);
        var exchange = Exchange();
        Assert.Equal((1, 2), (exchange.InFlight, exchange.Waiting));
        Publish(exchange, MqttQoS.AtLeastOnce);
        Assert.Equal(4, _store.LoadOutbound().Max(entry => entry.Sequence));
    }

    [Fact]
    public void A_store_that_lost_a_message_is_an_error_of_whoever_changed_it()
    {
        Store(1, MqttDeliveryState.Queued, 0);
        var exchange = Exchange();
        _store.Remove(1);
        _store.Remove(1);
        _store.Update(1, MqttDeliveryState.Published, 1);
        Assert.Throws<InvalidOperationException>(() => exchange.WriteNext(_output));
    }

    [Fact]
    [Statement("MQTT-2.3.1-2")]
    [Statement("MQTT-2.3.1-3")]
    public void An_identifier_that_is_open_is_passed_over_when_the_circle_comes_round()
    {
        var exchange = Exchange();
        Publish(exchange, MqttQoS.AtLeastOnce);
        var openId = Id();
        var seen = new HashSet<ushort>();
        for (var message = 0; message < ushort.MaxValue - 1; message++)
        {
            Publish(exchange, MqttQoS.AtLeastOnce);
            var id = Id();
            Assert.True(id != openId && id != 0 && seen.Add(id), $"{id} is used again.");
            exchange.Receive(new AckPacket(PacketType.PubAck, id), _output);
        }

        Publish(exchange, MqttQoS.AtLeastOnce);
        Assert.Contains(Id(), seen);

        ushort Id()
        {
            var id = PublishPacket.Read(Frames()[^1]).PacketId;
            _output.ResetWrittenCount();
            return id;
        }
    }

    [Fact]
    public void All_identifiers_can_be_taken_and_no_more()
    {
        var seen = new HashSet<ushort>();
        for (var count = 0; count < ushort.MaxValue; count++)
        {
            Assert.True(seen.Add(_ids.Take()));
        }

        Assert.DoesNotContain((ushort)0, seen);
        Assert.Throws<MqttPacketIdsExhaustedException>(() => _ids.Take());
        _ids.Release(4711);
        _ids.Release(4711);
        Assert.Equal(4711, _ids.Take());
        Assert.False(_ids.TryTake(0));
    }

    private List<string> WrittenBy(OutboundExchange exchange)
    {
        _output.Clear();
        var count = 0;
        while (exchange.WriteNext(_output))
        {
            count++;
        }

        Assert.Equal(count, Frames().Count);
        return [.. Frames().Select(frame => frame.Type == PacketType.Publish
            ? $"Publish {PublishPacket.Read(frame).PacketId}{(PublishPacket.Read(frame).Duplicate ? " DUP" : "")}"
            : $"{frame.Type} {AckPacket.Read(frame).PacketId}")];
    }

    private void Store(long sequence, MqttDeliveryState state, ushort packetId) => Assert.True(_store.TryAdd(
        new MqttStoredEntry(sequence, state, packetId, MqttQoS.ExactlyOnce), new MqttMessage("a", new byte[1], MqttQoS.ExactlyOnce)));

    private OutboundExchange Exchange(int all = 10, int exactlyOnce = 10) => new(_store, _ids, new InFlightWindow(all, exactlyOnce), new PoisonSearch(3));

    private void Publish(OutboundExchange exchange, MqttQoS qos) =>
        Assert.NotEqual(0, exchange.Publish(new MqttMessage("a", new byte[1], qos), _output));

    private List<MqttFrame> Frames() => Wire.Frames(_output.WrittenMemory);

    private IEnumerable<MqttQoS> SentQoS() =>
        Frames().Where(frame => frame.Type == PacketType.Publish).Select(frame => PublishPacket.Read(frame).QoS);
}
