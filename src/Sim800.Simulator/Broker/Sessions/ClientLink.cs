using Sim800.Simulator.Broker.Codec;

namespace Sim800.Simulator.Broker.Sessions;

/// <summary>
/// The broker's side of one connection: packets in, packets into the outbox. Pure: no I/O, no clock, no lock.
/// </summary>
internal sealed class ClientLink(MessageRouter router, Outbox outbox, BrokerRules rules)
{
    private Session? _session;
    private Application? _will;
    private bool _hasEnded;

    /// <summary>The client said goodbye, was refused or came again elsewhere: what is in the outbox is the last.</summary>
    internal bool IsClosed => _hasEnded || outbox.IsCompleted;

    internal string? ClientId => _session?.ClientId;

    /// <summary>1.5 times the keep-alive (MQTT 3.1.1 §3.1.2.10); <c>null</c> for no limit, or before CONNECT.</summary>
    internal TimeSpan? KeepAliveLimit { get; private set; }

    /// <exception cref="BrokerProtocolException">The client broke the protocol.</exception>
    internal void Receive(in Frame frame)
    {
        if (_session is null)
        {
            Connect(frame.Type == PacketType.Connect
                ? ConnectRequest.Read(frame)
                : throw new BrokerProtocolException(ProtocolError.ConnectExpected));
            return;
        }

        switch (frame.Type)
        {
            case PacketType.Publish:
                Publish(_session, PublishRequest.Read(frame));
                break;
            case PacketType.Subscribe:
                Subscribe(_session, SubscribeRequest.Read(frame));
                break;
            case PacketType.Unsubscribe:
                Unsubscribe(_session, SubscribeRequest.Read(frame));
                break;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                Acknowledge(_session, frame);
                break;
            case PacketType.PingReq or PacketType.Disconnect:
                ReceiveEmpty(frame);
                break;
            case PacketType.Connect:
                throw new BrokerProtocolException(ProtocolError.SecondConnect);
            default:
                throw new BrokerProtocolException(ProtocolError.NotForABroker);
        }
    }

    /// <summary>The connection has ended; without DISCONNECT the will is published (§3.1.2.5).</summary>
    internal void End()
    {
        _hasEnded = true;
        if (_session is { } session)
        {
            router.Close(session, outbox);
            if (_will is { } will)
            {
                _will = null;
                router.Publish(will);
            }
        }
    }

    /// <summary>The broker dies: nothing more is taken, and no will is published.</summary>
    internal void Abandon()
    {
        _will = null;
        _hasEnded = true;
    }

    private void Connect(in ConnectRequest request)
    {
        var refusal = rules.Judge(request);
        if (refusal != ConnectRefusal.None)
        {
            PacketWriter.ConnAck(outbox, sessionPresent: false, (byte)refusal);
            _hasEnded = true;
            return;
        }

        var clientId = request.ClientId.Length > 0 ? request.ClientId : rules.NewClientId();
        var present = router.IsPresent(clientId, request.CleanSession);
        _session = router.Open(clientId, request.CleanSession);
        _will = request.Will;
        KeepAliveLimit = request.KeepAliveSeconds > 0 ? TimeSpan.FromSeconds(1.5 * request.KeepAliveSeconds) : null;
        PacketWriter.ConnAck(outbox, present, 0);
        _session.Attach(outbox);
    }

    private void Publish(Session session, in PublishRequest request)
    {
        if (rules.HangsUpOn(session.ClientId, request.Message))
        {
            throw new BrokerProtocolException(ProtocolError.UnwantedMessage);
        }

        if (request.Message.QoS < 2 || session.IsNew(request.PacketId))
        {
            rules.OnPublished(session.ClientId, request.Message);
            router.Publish(request.Message);
        }

        if (request.Message.QoS > 0)
        {
            PacketWriter.Ack(outbox, request.Message.QoS == 1 ? PacketType.PubAck : PacketType.PubRec, request.PacketId);
        }
    }

    private void Acknowledge(Session session, in Frame frame)
    {
        var body = new BodyReader(frame.Body);
        var id = body.ReadPacketId();
        body.ExpectEnd();
        switch (frame.Type)
        {
            case PacketType.PubRec:
                session.MarkReceived(id);
                PacketWriter.Ack(outbox, PacketType.PubRel, id);
                break;
            case PacketType.PubRel:
                session.Release(id);
                PacketWriter.Ack(outbox, PacketType.PubComp, id);
                break;
            default:
                session.Complete(id, frame.Type == PacketType.PubAck ? 1 : 2);
                break;
        }
    }

    private void Subscribe(Session session, in SubscribeRequest request)
    {
        var codes = new byte[request.Filters.Count];
        for (var i = 0; i < codes.Length; i++)
        {
            var (filter, qos) = request.Filters[i];
            codes[i] = rules.MaySubscribe(session.ClientId, filter) ? router.Subscribe(session, filter, qos) : (byte)0x80;
        }

        PacketWriter.SubAck(outbox, request.PacketId, codes);
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] <= 2)
            {
                router.DeliverRetained(session, request.Filters[i].Filter, codes[i]);
            }
        }
    }

    private void Unsubscribe(Session session, in SubscribeRequest request)
    {
        foreach (var (filter, _) in request.Filters)
        {
            session.Subscriptions.Remove(filter);
        }

        PacketWriter.Ack(outbox, PacketType.UnsubAck, request.PacketId);
    }

    private void ReceiveEmpty(in Frame frame)
    {
        new BodyReader(frame.Body).ExpectEnd();
        if (frame.Type == PacketType.PingReq)
        {
            PacketWriter.PingResp(outbox);
            return;
        }

        _will = null;
        _hasEnded = true;
    }
}
