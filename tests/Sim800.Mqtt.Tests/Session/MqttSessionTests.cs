using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Tests.Session;

public sealed class MqttSessionTests
{
    private readonly MqttInMemorySessionStore _store = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private MqttSession _session;

    public MqttSessionTests() => _session = NewSession();

    [Fact]
    public void A_refusal_keeps_its_reason_and_connects_nothing()
    {
        _session.Connect(_output);
        var happened = Hear(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.ServerUnavailable).Write);
        Assert.Equal((SessionEventKind.Refused, MqttConnectReturnCode.ServerUnavailable), (happened.Kind, happened.ReturnCode));
        Assert.Equal(ConnectionPhase.Connecting, _session.Phase);
    }

    [Theory]
    [InlineData(false, false, MqttSessionResumption.New)]
    [InlineData(true, false, MqttSessionResumption.UnknownToClient)]
    [InlineData(false, true, MqttSessionResumption.LostByServer)]
    [InlineData(true, true, MqttSessionResumption.Resumed)]
    public void The_sessions_of_both_sides_meet(bool atServer, bool atClient, MqttSessionResumption resumption)
    {
        if (atClient)
        {
            StoreOutbound();
        }

        _session = NewSession();
        var happened = Connect(atServer);
        Assert.Equal((SessionEventKind.Connected, resumption, false), (happened.Kind, happened.Resumption, happened.ClaimsSession));
        _session.Disconnect(ConnectionEndCause.Other);
        Assert.Equal(MqttSessionResumption.Resumed, Connect(hasSession: true).Resumption);
    }

    [Fact]
    public void A_message_that_was_received_and_stored_is_a_session_too()
    {
        _store.AddInbound(new MqttStoredInbound(7, 1));
        _session = NewSession();
        Assert.Equal(MqttSessionResumption.Resumed, Connect(hasSession: true).Resumption);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_clean_session_is_new_whatever_the_server_claims(bool claims)
    {
        StoreOutbound();
        _session = NewSession(isClean: true);
        var happened = Connect(claims);
        Assert.Equal((MqttSessionResumption.New, claims), (happened.Resumption, happened.ClaimsSession));
        _session.Disconnect(ConnectionEndCause.Other);
        Assert.Equal(MqttSessionResumption.New, Connect(claims).Resumption);
    }

    [Fact]
    public void The_first_connection_of_a_run_that_stands_alone_begins_anew_and_the_second_goes_on()
    {
        _store.AddInbound(new MqttStoredInbound(7, 1));
        _session = NewSession(isForOneRun: true);
        _session.Connect(_output);
        Assert.Empty(_store.LoadInbound());
        Assert.Equal(MqttSessionResumption.New, Hear(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write).Resumption);
        Publish();
        _session.Disconnect(ConnectionEndCause.Other);
        _output.ResetWrittenCount();
        Assert.Equal(MqttSessionResumption.Resumed, Connect(hasSession: true).Resumption);
        Assert.True(_session.WriteNext(_output));
        Assert.True(PublishPacket.Read(Wire.Frames(_output.WrittenMemory)[^1]).Duplicate);
    }

    [Fact]
    public void A_server_that_has_lost_the_session_may_use_the_identifiers_of_its_messages_again()
    {
        Connect(hasSession: true);
        var old = Hear(Message(MqttQoS.ExactlyOnce, 7, "a"));
        _session.Disconnect(ConnectionEndCause.Other);
        Connect(hasSession: false);
        var renewed = Hear(Message(MqttQoS.ExactlyOnce, 7, "a"));
        Assert.Equal(SessionEventKind.Message, renewed.Kind);
        Assert.NotEqual(old.Token, renewed.Token);
    }

    [Fact]
    public void Before_CONNACK_nothing_else_is_heard()
    {
        Assert.Equal(MqttProtocolError.ConnAckExpected, ErrorOf(new EmptyPacket(PacketType.PingResp).Write));
        _session.Connect(_output);
        Assert.Equal(MqttProtocolError.ConnAckExpected, ErrorOf(new EmptyPacket(PacketType.PingResp).Write));
    }

    [Theory]
    [InlineData("20 02 00 00")]
    [InlineData("82 06 00 01 00 01 61 00")]
    [InlineData("C0 00")]
    public void What_only_a_client_says_and_a_second_CONNACK_end_the_connection(string hex)
    {
        Connect();
        Assert.Equal(MqttProtocolError.UnexpectedPacket, Wire.ErrorOf(() => _session.Receive(Wire.Frame(hex), _output)));
    }

    [Fact]
    public void A_PINGRESP_says_nothing_and_has_no_body()
    {
        Connect();
        Assert.Equal(default, Hear(new EmptyPacket(PacketType.PingResp).Write));
        Assert.Equal(MqttProtocolError.TrailingBytes, Wire.ErrorOf(() => _session.Receive(Wire.Frame("D0 01 00"), _output)));
    }

    [Fact]
    public void A_SUBSCRIBE_is_answered_once_with_a_code_for_each_filter()
    {
        Connect();
        var packetId = _session.Subscribe([new("a", MqttQoS.AtMostOnce), new("b", MqttQoS.AtLeastOnce)], _output);
        Assert.Equal(PacketType.Subscribe, Wire.Frames(_output.WrittenMemory)[^1].Type);
        Assert.True(_session.AwaitsAnswer);
        Assert.Equal(MqttProtocolError.ReturnCodeCountMismatch, ErrorOf(new SubAckPacket(packetId, new byte[] { 1 }).Write));
        Assert.Equal(MqttProtocolError.UnexpectedAcknowledgement, ErrorOf(new AckPacket(PacketType.UnsubAck, packetId).Write));

        var happened = Hear(new SubAckPacket(packetId, new byte[] { 0, 0x80 }).Write);
        Assert.Equal((SessionEventKind.Subscribed, packetId), (happened.Kind, happened.PacketId));
        Assert.Equal([0, 0x80], happened.ReturnCodes.ToArray());
        Assert.False(_session.AwaitsAnswer);
        Assert.Equal(SessionEventKind.UnknownAcknowledgement, Hear(new SubAckPacket(packetId, new byte[] { 0, 0x80 }).Write).Kind);
        Assert.Equal(1, _session.UnknownAcknowledgements);
    }

    [Fact]
    public void An_UNSUBSCRIBE_is_answered_once_and_by_its_own_acknowledgement()
    {
        Connect();
        var packetId = _session.Unsubscribe(["a"], _output);
        Assert.Equal(PacketType.Unsubscribe, Wire.Frames(_output.WrittenMemory)[^1].Type);
        Assert.Equal(MqttProtocolError.UnexpectedAcknowledgement, ErrorOf(new SubAckPacket(packetId, new byte[] { 0 }).Write));

        var happened = Hear(new AckPacket(PacketType.UnsubAck, packetId).Write);
        Assert.Equal((SessionEventKind.Unsubscribed, packetId), (happened.Kind, happened.PacketId));
        Assert.Equal(SessionEventKind.UnknownAcknowledgement, Hear(new AckPacket(PacketType.UnsubAck, packetId).Write).Kind);
        Assert.Equal(1, _session.UnknownAcknowledgements);
    }

    [Fact]
    public void An_answered_request_gives_its_packet_identifier_back()
    {
        Connect();
        for (var request = 0; request <= ushort.MaxValue; request++)
        {
            var packetId = _session.Unsubscribe(["a"], _output);
            _output.ResetWrittenCount();
            Hear(new AckPacket(PacketType.UnsubAck, packetId).Write);
        }

        Assert.True(_session.HasFreePacketId);
    }

    [Fact]
    public void A_lost_connection_voids_its_requests_and_frees_their_packet_identifiers()
    {
        Connect();
        for (var request = 0; request < ushort.MaxValue; request++)
        {
            _session.Unsubscribe(["a"], _output);
            _output.ResetWrittenCount();
        }

        Assert.False(_session.HasFreePacketId);
        _session.Disconnect(ConnectionEndCause.Other);
        Assert.Equal((ConnectionPhase.Disconnected, true, false), (_session.Phase, _session.HasFreePacketId, _session.AwaitsAnswer));
        Connect();
        Assert.Equal(SessionEventKind.UnknownAcknowledgement, Hear(new AckPacket(PacketType.UnsubAck, 1).Write).Kind);
    }

    [Fact]
    public void A_message_in_flight_awaits_an_answer_and_one_that_waits_does_not()
    {
        Publish();
        Assert.Equal((false, 1), (_session.AwaitsAnswer, _session.Unacknowledged));
        Connect();
        Publish();
        Assert.Equal((false, 2), (_session.AwaitsAnswer, _session.Unacknowledged));
        Assert.True(_session.WriteNext(_output));
        Assert.Equal((true, 2), (_session.AwaitsAnswer, _session.Unacknowledged));
        Hear(new AckPacket(PacketType.PubAck, 1).Write);
        Assert.Equal((false, 1), (_session.AwaitsAnswer, _session.Unacknowledged));
    }

    [Fact]
    public void No_more_messages_than_the_most_follow_CONNECT_before_CONNACK()
    {
        _session = NewSession(sendsEarly: true, window: 100);
        for (var message = 0; message < 10; message++)
        {
            Publish();
        }

        _session.Connect(_output);
        for (var message = 0; message < 5; message++)
        {
            Assert.NotEqual(0, _session.Publish(new MqttMessage("a", "x", MqttQoS.AtLeastOnce), output: null));
        }

        WriteAll();
        for (var message = 0; message < 40; message++)
        {
            Publish();
        }

        Assert.False(_session.WriteNext(_output));
        Assert.Equal(MqttSession.MostBeforeConnAck, SentMessages());
        Hear(new ConnAckPacket(SessionPresent: false, MqttConnectReturnCode.Accepted).Write);
        WriteAll();

        Assert.Equal(55, SentMessages());
        _session.Disconnect(ConnectionEndCause.Other);
        _output.ResetWrittenCount();
        _session.Connect(_output);
        WriteAll();

        Assert.Equal(MqttSession.MostBeforeConnAck, SentMessages());
    }

    [Fact]
    public void A_message_that_the_store_has_no_room_for_is_not_counted_as_sent()
    {
        _session = NewSession(sendsEarly: true, window: 100, store: new MqttInMemorySessionStore(MqttSession.MostBeforeConnAck - 1));
        _session.Connect(_output);
        for (var message = 1; message < MqttSession.MostBeforeConnAck; message++)
        {
            Publish();
        }

        Assert.Equal(0, _session.Publish(new MqttMessage("a", "x", MqttQoS.AtLeastOnce), _output));
        _session.Forget(1);
        Publish();
        Assert.Equal(MqttSession.MostBeforeConnAck, SentMessages());
    }

    [Fact]
    public void A_client_that_waits_for_CONNACK_sends_nothing_before()
    {
        _session.Connect(_output);
        Publish();
        Assert.False(_session.WriteNext(_output));
        Assert.Equal(0, SentMessages());
    }

    [Fact]
    public void The_oldest_message_that_was_never_sent_makes_room()
    {
        _session = NewSession(window: 1);
        Connect();
        Publish();
        Publish();
        Publish();
        Assert.Equal([1, 2, 3], _session.Unconfirmed);
        Assert.Equal(2, _session.DropOldest());
        Assert.Equal(3, _session.DropOldest());
        Assert.Equal(0, _session.DropOldest());
        Assert.Equal([1], _session.Unconfirmed);
        Assert.Equal([1L], _store.LoadOutbound().Select(entry => entry.Sequence));
    }

    [Fact]
    public void A_message_with_an_invalid_topic_is_acknowledged_and_passed_over_by_those_who_ask_for_it()
    {
        _session = NewSession(passesOver: true);
        Connect();
        var happened = Hear("32 06 00 02 61 23 00 07");
        Assert.Equal((SessionEventKind.PassedOver, "a#"), (happened.Kind, happened.Message.Topic));
        Assert.Equal("40 02 00 07", Wire.Hex(_output.WrittenSpan[^4..]));
        _session = NewSession();
        Connect();
        Assert.Equal(MqttProtocolError.InvalidTopic, Wire.ErrorOf(() => Hear("32 06 00 02 61 23 00 07")));
    }

    [Fact]
    public void Messages_of_QoS_0_come_without_anything_to_acknowledge()
    {
        Connect();
        var happened = Hear(Message(MqttQoS.AtMostOnce, 0, "a"));
        Assert.Equal((SessionEventKind.Message, false), (happened.Kind, happened.Token.NeedsAcknowledgement));
        Assert.Equal(0, _session.HeldBack);
    }

    [Fact]
    public void A_server_that_hangs_up_at_a_message_again_and_again_is_asked_without_it_and_then_with_it_alone()
    {
        Connect();
        Publish();
        for (var connection = 1; connection < 3; connection++)
        {
            Assert.Equal(0, _session.Disconnect(ConnectionEndCause.Server));
            Assert.Equal(connection, _session.EndsAt(1));
            Connect(hasSession: true);
            Assert.Equal(connection == 2, _session.IsOneByOne);
            if (connection == 1)
            {
                Assert.True(_session.WriteNext(_output));
            }
        }

        Assert.True(_session.TryGetSuspect(out var suspect, out var connections));
        Assert.Equal(("a", 2), (suspect.Topic, connections));
        _output.ResetWrittenCount();
        Assert.True(_session.WriteNext(_output));
        Assert.Equal(PacketType.PingReq, Wire.Frames(_output.WrittenMemory)[^1].Type);
        Assert.True(_session.AwaitsAnswer);
        Assert.False(_session.WriteNext(_output));
        Hear(new EmptyPacket(PacketType.PingResp).Write);
        Assert.True(_session.WriteNext(_output));
        Assert.Equal(1, _session.Disconnect(ConnectionEndCause.Server));
        Assert.False(_session.IsOneByOne);
        Assert.True(_session.TryGet(1, out _));
        _session.Forget(1);
        Assert.False(_session.TryGet(1, out _));
        Assert.Equal(0, _session.EndsAt(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_request_beside_the_message_that_is_sent_alone_takes_the_proof_away(bool subscribes)
    {
        Connect();
        Publish();
        _session.Disconnect(ConnectionEndCause.Server);
        Connect(hasSession: true);
        Assert.True(_session.WriteNext(_output));
        _session.Disconnect(ConnectionEndCause.Server);
        Connect(hasSession: true);
        Assert.True(_session.WriteNext(_output));
        Hear(new EmptyPacket(PacketType.PingResp).Write);
        Assert.True(_session.WriteNext(_output));
        if (subscribes)
        {
            _session.Subscribe([new("a", MqttQoS.AtMostOnce)], _output);
        }
        else
        {
            _session.Unsubscribe(["a"], _output);
        }

        Assert.Equal(0, _session.Disconnect(ConnectionEndCause.Server));
    }

    [Fact]
    public void Doubt_in_the_line_ends_the_search()
    {
        Connect();
        Publish();
        _session.Disconnect(ConnectionEndCause.Server);
        _session.Doubt();
        Assert.Equal(0, _session.EndsAt(1));
        Assert.False(_session.TryGetSuspect(out _, out var connections));
        Assert.Equal(0, connections);
    }

    private static Action<IBufferWriter<byte>> Message(MqttQoS qos, ushort packetId, string text) =>
        new PublishPacket("t", new(System.Text.Encoding.UTF8.GetBytes(text)), qos, Retain: false, Duplicate: false, packetId).Write;

    private void StoreOutbound() => Assert.True(_store.TryAdd(
        new MqttStoredEntry(1, MqttDeliveryState.Queued, 0, MqttQoS.AtLeastOnce), new MqttMessage("a", "x", MqttQoS.AtLeastOnce)));

    private SessionEvent Connect(bool hasSession = false)
    {
        _session.Connect(_output);
        return Hear(new ConnAckPacket(hasSession, MqttConnectReturnCode.Accepted).Write);
    }

    private void Publish() => Assert.NotEqual(0, _session.Publish(new MqttMessage("a", "x", MqttQoS.AtLeastOnce), _output));

    private void WriteAll()
    {
        for (var most = 0; _session.WriteNext(_output); most++)
        {
            Assert.True(most < 200, "The session writes without end.");
        }
    }

    private SessionEvent Hear(Action<IBufferWriter<byte>> write) => _session.Receive(Wire.Frame(write), _output);

    private SessionEvent Hear(string hex) => _session.Receive(Wire.Frame(hex), _output);

    private MqttProtocolError ErrorOf(Action<IBufferWriter<byte>> write) => Wire.ErrorOf(() => Hear(write));

    private int SentMessages() => Wire.Frames(_output.WrittenMemory).Count(frame => frame.Type == PacketType.Publish);

    private MqttSession NewSession(
        bool isClean = false, bool sendsEarly = false, int window = 10, IMqttSessionStore? store = null, bool passesOver = false, bool isForOneRun = false) => new(
        new MqttSessionOptions(
            new ConnectPacket("c", isClean, KeepAlive: 0, Will: null, Credentials: null), window, window, sendsEarly, passesOver, IsForOneRun: isForOneRun),
        store ?? _store);
}
