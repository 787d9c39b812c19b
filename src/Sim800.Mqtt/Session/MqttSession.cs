using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Session;

/// <summary>
/// A client's session (MQTT 3.1.1 §4.1), which outlives its connections: packets in, packets and events out. Pure: no
/// I/O but its write-ahead store, no clock, no lock. Not thread-safe.
/// </summary>
internal sealed class MqttSession
{
    /// <summary>How many messages follow CONNECT before CONNACK. Brokers hold what comes so early in a short queue and hang up when it is full: aedes at 42.</summary>
    internal const int MostBeforeConnAck = 32;

    private readonly MqttSessionOptions _options;
    private readonly PacketIdAllocator _ids = new();
    private readonly PoisonSearch _poison;
    private readonly OutboundExchange _outbound;
    private readonly InboundExchange _inbound;
    private readonly Dictionary<ushort, int> _requests = [];
    private readonly TopicCache _topics = new();
    private bool _hasState;
    private bool _hasBegun;
    private int _sentBeforeConnAck;

    internal MqttSession(MqttSessionOptions options, IMqttSessionStore store)
    {
        _options = options;
        _poison = new PoisonSearch(options.PoisonMessageConnections);
        _outbound = new OutboundExchange(
            store, _ids, new InFlightWindow(options.MaxInFlight, options.MaxInFlightExactlyOnce), _poison);
        _inbound = new InboundExchange(store);
        _hasState = !_outbound.IsEmpty || !_inbound.IsEmpty;
    }

    internal ConnectionPhase Phase { get; private set; }

    /// <summary>Acknowledgements of the server for which nothing was open: late ones, mostly.</summary>
    internal long UnknownAcknowledgements { get; private set; }

    /// <inheritdoc cref="InboundExchange.HeldBack" />
    internal int HeldBack => _inbound.HeldBack;

    /// <inheritdoc cref="InboundExchange.Answered" />
    internal long Answered => _inbound.Answered;

    /// <inheritdoc cref="InboundExchange.ForgottenByServer" />
    internal long ForgottenByServer => _inbound.ForgottenByServer;

    /// <summary>Whether a SUBSCRIBE or UNSUBSCRIBE can have a packet identifier.</summary>
    internal bool HasFreePacketId => _ids.HasFree;

    /// <summary>Messages that the server has not confirmed, under way or not.</summary>
    internal int Unacknowledged => _outbound.InFlight + _outbound.Waiting;

    internal bool AwaitsAnswer => _outbound.InFlight > 0 || _requests.Count > 0 || _poison.AwaitsPong;

    /// <summary>Whether messages are sent one by one, to find the one at which the server hangs up: nothing else is to be published meanwhile.</summary>
    internal bool IsOneByOne => Phase == ConnectionPhase.Connected && _poison.IsOneByOne;

    private bool MaySend => Phase == ConnectionPhase.Connected
        || (Phase == ConnectionPhase.Connecting && _options.SendsBeforeConnAck && _sentBeforeConnAck < MostBeforeConnAck);

    /// <summary>Starts a connection with CONNECT. <see cref="WriteNext"/> then gives what may follow it at once.</summary>
    internal void Connect(IBufferWriter<byte> output)
    {
        Phase = ConnectionPhase.Connecting;
        _sentBeforeConnAck = 0;
        _poison.Begin();
        if (_options.Connect.CleanSession || (_options.IsForOneRun && !_hasBegun))
        {
            _outbound.Restart();
            _inbound.Restart();
            _hasState &= _options.Connect.CleanSession;
        }
        else
        {
            _outbound.Resume();
            _inbound.Resume();
        }

        _hasBegun = true;
        _options.Connect.Write(output);
    }

    /// <summary>The connection is gone; requests without an answer are void.</summary>
    /// <param name="cause">Who has closed it.</param>
    /// <returns>The key of the message that was found to make the server hang up; 0 for none.</returns>
    internal long Disconnect(ConnectionEndCause cause)
    {
        Phase = ConnectionPhase.Disconnected;
        foreach (var packetId in _requests.Keys)
        {
            _ids.Release(packetId);
        }

        _requests.Clear();
        return _poison.End(cause);
    }

    /// <inheritdoc cref="PoisonSearch.Doubt" />
    internal void Doubt() => _poison.Doubt();

    /// <summary>The oldest message that is not confirmed, when more than one connection in a row has ended with it so.</summary>
    internal bool TryGetSuspect(out MqttMessage message, out int connections) => _outbound.TryGetSuspect(out message, out connections);

    /// <inheritdoc cref="OutboundExchange.TryGet" />
    internal bool TryGet(long sequence, out MqttMessage message) => _outbound.TryGet(sequence, out message);

    /// <inheritdoc cref="PoisonSearch.EndsAt" />
    internal int EndsAt(long sequence) => _poison.EndsAt(sequence);

    /// <inheritdoc cref="OutboundExchange.Forget" />
    internal void Forget(long sequence) => _outbound.Forget(sequence);

    /// <inheritdoc cref="OutboundExchange.Unconfirmed" />
    internal IReadOnlyList<long> Unconfirmed => _outbound.Unconfirmed;

    /// <summary>Accepts a message of QoS 1 or 2 and writes it if it is its turn.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where it is written; null when there is no room.</param>
    /// <returns>The key of the message, or 0 when the store has no room.</returns>
    internal long Publish(in MqttMessage message, IBufferWriter<byte>? output)
    {
        var sequence = _outbound.Publish(message, MaySend ? output : null);
        CountIfEarly(sequence != 0 && output is not null);
        return sequence;
    }

    /// <inheritdoc cref="OutboundExchange.DropOldest" />
    internal long DropOldest() => _outbound.DropOldest();

    /// <summary>Writes the next packet that waits for its turn.</summary>
    /// <returns><c>false</c> when nothing is due.</returns>
    internal bool WriteNext(IBufferWriter<byte> output)
    {
        if (Phase == ConnectionPhase.Connected && _poison.WantsPing)
        {
            _poison.OnPing();
            new EmptyPacket(PacketType.PingReq).Write(output);
            return true;
        }

        var isWritten = MaySend && _outbound.WriteNext(output);
        CountIfEarly(isWritten);
        return isWritten;
    }

    /// <exception cref="MqttPacketIdsExhaustedException">All packet identifiers are in use.</exception>
    internal ushort Subscribe(IReadOnlyList<MqttTopicFilter> filters, IBufferWriter<byte> output)
    {
        var packetId = _ids.Take();
        _requests.Add(packetId, filters.Count);
        _poison.OnOther();
        new SubscribePacket(packetId, filters).Write(output);
        return packetId;
    }

    /// <exception cref="MqttPacketIdsExhaustedException">All packet identifiers are in use.</exception>
    internal ushort Unsubscribe(IReadOnlyList<string> filters, IBufferWriter<byte> output)
    {
        var packetId = _ids.Take();
        _requests.Add(packetId, 0);
        _poison.OnOther();
        new UnsubscribePacket(packetId, filters).Write(output);
        return packetId;
    }

    /// <summary>The application has taken a message, or gives it back for the server to send it again.</summary>
    internal void Settle(InboundToken token, bool isTaken, IBufferWriter<byte>? output) =>
        _inbound.Settle(token, isTaken, Phase == ConnectionPhase.Connected ? output : null);

    /// <summary>Takes one packet of the server, and writes the answer the protocol owes.</summary>
    /// <exception cref="MqttProtocolException">The server broke the protocol.</exception>
    internal SessionEvent Receive(in MqttFrame frame, IBufferWriter<byte> output)
    {
        if (Phase != ConnectionPhase.Connected)
        {
            return frame.Type == PacketType.ConnAck
                ? OnConnAck(ConnAckPacket.Read(frame))
                : throw new MqttProtocolException(MqttProtocolError.ConnAckExpected);
        }

        switch (frame.Type)
        {
            case PacketType.Publish:
                return OnPublish(PublishPacket.Read(frame, _topics, _options.PassesOverInvalidTopics), output);
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubComp:
                return OnAck(AckPacket.Read(frame), output);
            case PacketType.PubRel:
                return ForgetFailed(_inbound.Release(AckPacket.Read(frame), output));
            case PacketType.SubAck:
                return OnSubAck(SubAckPacket.Read(frame));
            case PacketType.UnsubAck:
                return OnUnsubAck(AckPacket.Read(frame).PacketId);
            case PacketType.PingResp:
                _ = EmptyPacket.Read(frame);
                _poison.OnPong();
                return default;
            default:
                throw new MqttProtocolException(MqttProtocolError.UnexpectedPacket);
        }
    }

    private SessionEvent OnConnAck(ConnAckPacket packet)
    {
        if (packet.ReturnCode != MqttConnectReturnCode.Accepted)
        {
            return new SessionEvent(SessionEventKind.Refused) { ReturnCode = packet.ReturnCode };
        }

        var isClean = _options.Connect.CleanSession;
        if (!packet.SessionPresent && !isClean)
        {
            _inbound.Restart();
        }

        var hadState = _hasState;
        (Phase, _hasState) = (ConnectionPhase.Connected, !isClean);
        return new SessionEvent(SessionEventKind.Connected)
        {
            Resumption = isClean ? MqttSessionResumption.New : Meet(packet.SessionPresent, hadState),
            ClaimsSession = isClean && packet.SessionPresent,
        };
    }

    private static MqttSessionResumption Meet(bool atServer, bool atClient) => (atServer, atClient) switch
    {
        (true, true) => MqttSessionResumption.Resumed,
        (true, false) => MqttSessionResumption.UnknownToClient,
        (false, true) => MqttSessionResumption.LostByServer,
        (false, false) => MqttSessionResumption.New,
    };

    private SessionEvent OnPublish(in PublishPacket packet, IBufferWriter<byte> output)
    {
        if (!_inbound.Receive(packet, output, out var token))
        {
            return default;
        }

        if (packet.HasInvalidTopic)
        {
            _inbound.Settle(token, isTaken: true, output);
            return new SessionEvent(SessionEventKind.PassedOver) { Message = packet };
        }

        return new SessionEvent(SessionEventKind.Message) { Message = packet, Token = token };
    }

    private static SessionEvent ForgetFailed(Exception? failure) => failure is null
        ? default
        : new SessionEvent(SessionEventKind.None) { StoreFailure = failure };

    private SessionEvent OnAck(AckPacket ack, IBufferWriter<byte> output)
    {
        var outcome = _outbound.Receive(ack, output);
        return outcome.Kind switch
        {
            AckOutcomeKind.Delivered =>
                new SessionEvent(SessionEventKind.Delivered) { Sequence = outcome.Sequence, StoreFailure = outcome.StoreFailure },
            AckOutcomeKind.Unknown => OnUnknownAcknowledgement(),
            _ => default,
        };
    }

    private SessionEvent OnSubAck(SubAckPacket packet)
    {
        if (!_requests.TryGetValue(packet.PacketId, out var count))
        {
            return OnUnknownAcknowledgement();
        }

        if (packet.ReturnCodes.Length != count)
        {
            throw new MqttProtocolException(count == 0
                ? MqttProtocolError.UnexpectedAcknowledgement
                : MqttProtocolError.ReturnCodeCountMismatch);
        }

        Finish(packet.PacketId);
        return new SessionEvent(SessionEventKind.Subscribed) { PacketId = packet.PacketId, ReturnCodes = packet.ReturnCodes };
    }

    private SessionEvent OnUnsubAck(ushort packetId)
    {
        if (!_requests.TryGetValue(packetId, out var count))
        {
            return OnUnknownAcknowledgement();
        }

        if (count != 0)
        {
            throw new MqttProtocolException(MqttProtocolError.UnexpectedAcknowledgement);
        }

        Finish(packetId);
        return new SessionEvent(SessionEventKind.Unsubscribed) { PacketId = packetId };
    }

    private SessionEvent OnUnknownAcknowledgement()
    {
        UnknownAcknowledgements++;
        return new SessionEvent(SessionEventKind.UnknownAcknowledgement);
    }

    private void CountIfEarly(bool isWritten) => _sentBeforeConnAck += isWritten && Phase == ConnectionPhase.Connecting ? 1 : 0;

    private void Finish(ushort packetId)
    {
        _requests.Remove(packetId);
        _ids.Release(packetId);
    }
}

/// <summary>The connection of a session.</summary>
internal enum ConnectionPhase
{
    /// <summary>There is none.</summary>
    Disconnected,

    /// <summary>CONNECT is written, CONNACK has not come.</summary>
    Connecting,

    /// <summary>CONNACK has accepted the connection.</summary>
    Connected,
}

/// <summary>What an <see cref="MqttSession"/> needs to know.</summary>
/// <param name="Connect">The CONNECT that starts each connection of the session.</param>
/// <param name="MaxInFlight">How many messages of QoS 1 and 2 may be unacknowledged at a time.</param>
/// <param name="MaxInFlightExactlyOnce">How many of QoS 2 among them.</param>
/// <param name="SendsBeforeConnAck">Whether messages of QoS 1 and 2 may follow CONNECT without waiting for CONNACK (§3.1.4).</param>
/// <param name="PassesOverInvalidTopics">Whether a received message with an invalid topic is acknowledged and left out.</param>
/// <param name="PoisonMessageConnections">How many connections have to end at a message before it is taken for the cause.</param>
/// <param name="IsForOneRun">Whether the first connection begins a session that nobody has seen before.</param>
internal sealed record MqttSessionOptions(
    ConnectPacket Connect,
    int MaxInFlight,
    int MaxInFlightExactlyOnce,
    bool SendsBeforeConnAck,
    bool PassesOverInvalidTopics = false,
    int PoisonMessageConnections = 3,
    bool IsForOneRun = false);
