using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>
/// What outlives a connection: the session, the publishers who wait and the subscriptions, all under one gate. Whoever
/// calls in is never made to wait for the network here.
/// </summary>
#pragma warning disable CA1001 // the token source has nothing to dispose, and disposing it would take the tokens from those who wait for their end
internal sealed class ClientSession : IMessageOwner
#pragma warning restore CA1001
{
    private readonly MqttClientOptions _options;
    private readonly MqttSession _session;
    private readonly ClientSubscriptions _subscriptions;
    private readonly ClientPublications _publications;
    private readonly CancellationTokenSource _ended = new();
    private readonly ILogger _log;
    private MqttConnection? _connection;
    private Outbox _outbox = new(capacity: 0);
    private MqttClosedException? _closed;
    private Exception? _lastReason;

    internal ClientSession(MqttClientOptions options)
    {
        _options = options;
        _log = options.LoggerFactory.CreateLogger<MqttClient>();
        _session = new MqttSession(options.ForSession(), options.SessionStore ?? new InMemoryMqttSessionStore());
        _subscriptions = new ClientSubscriptions(this, _session, options, _log);
        _publications = new ClientPublications(Gate, _session, options, _log);
        Ended = _ended.Token;
    }

    internal Gate Gate { get; } = new();

    internal TimeProvider TimeProvider => _options.TimeProvider;

    /// <summary>Cancelled when the client has ended.</summary>
    internal CancellationToken Ended { get; }

    internal MqttSessionResumption Resumption { get; private set; }

    /// <summary>To be looked at, under the gate or for a counter, and never to be changed from outside.</summary>
    internal MqttSession State => _session;

    internal ClientSubscriptions Subscriptions => _subscriptions;

    private bool IsConnected => _session.Phase == ConnectionPhase.Connected;

    void IMessageOwner.Settle(InboundToken token, bool isTaken)
    {
        lock (Gate)
        {
            try
            {
                _session.Settle(token, isTaken, _outbox);
            }
#pragma warning disable CA1031 // only the store can fail here, in any way; that ends the connection, not the application's read
            catch (Exception e)
#pragma warning restore CA1031
            {
                _connection?.End(MqttLinkException.StoreFailed(e));
            }

            Signal();
        }
    }

    /// <summary>Begins a connection: CONNECT, and at once what may follow it.</summary>
    /// <exception cref="MqttClosedException">The client has ended.</exception>
    /// <exception cref="InvalidOperationException">The last connection has not ended.</exception>
    internal void Attach(MqttConnection connection)
    {
        lock (Gate)
        {
            ThrowIfClosed();
            if (_connection is not null)
            {
                throw new InvalidOperationException("The last connection has not ended.");
            }

            (_connection, _outbox) = (connection, connection.Outbox);
            try
            {
                _session.Connect(_outbox);
                _subscriptions.Connect(_outbox);
                Pump();
            }
#pragma warning disable CA1031 // only the store can fail here, in any way; the connection ends with that reason before it began
            catch (Exception e)
#pragma warning restore CA1031
            {
                connection.End(MqttLinkException.StoreFailed(e));
            }
        }
    }

    /// <summary>A connection has ended; the session waits for the next one.</summary>
    internal void Detach(MqttConnection connection, Exception? reason)
    {
        lock (Gate)
        {
            if (ReferenceEquals(_connection, connection))
            {
                (_connection, _outbox, _lastReason) = (null, new Outbox(capacity: 0), reason);
                _session.Disconnect();
                _subscriptions.Disconnect(new MqttClosedException(reason));
            }
        }
    }

    /// <summary>No connection will follow: everyone who waits gets the reason. The first reason stays.</summary>
    internal void Close(Exception? reason)
    {
        lock (Gate)
        {
            if (_closed is not null)
            {
                return;
            }

            _closed = new MqttClosedException(reason);
            _publications.Close(_closed);
            _subscriptions.Close(_closed);
        }

        _ = _ended.CancelAsync();
    }

    /// <summary>Stores a message of QoS 1 or 2, sends it when it is its turn, and waits for its confirmation.</summary>
    /// <exception cref="MqttClosedException">The client has ended.</exception>
    /// <exception cref="MqttStoreFullException">There is no room for the message.</exception>
    internal ValueTask PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQoS qos, bool retain, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            ThrowIfClosed();
            var confirmed = _publications.PublishAsync(topic, payload, qos, retain, _outbox, cancellationToken);
            Signal();
            return confirmed;
        }
    }

    /// <summary>Writes a message of QoS 0 if there is a connection with room for it.</summary>
    /// <returns><c>false</c> when <paramref name="room"/> is to be awaited before the next attempt.</returns>
    /// <exception cref="MqttClosedException">There is no connection.</exception>
    internal bool TryPublish(in PublishPacket packet, PayloadStream? stream, out Task room)
    {
        lock (Gate)
        {
            ThrowIfNotConnected();
            var isWritten = ClientPublications.TryPublish(packet, stream, _outbox, out room);
            Signal();
            return isWritten;
        }
    }

    /// <summary>Ends when everything written so far is with the transport.</summary>
    /// <exception cref="MqttClosedException">There is no connection.</exception>
    internal Task FlushAsync()
    {
        lock (Gate)
        {
            ThrowIfNotConnected();
            return _outbox.WhenFlushedAsync(_outbox.Gathered);
        }
    }

    internal Task<MqttSubscription> SubscribeAsync(
        string filter, MqttSubscribeOptions options, CancellationToken cancellationToken)
    {
        var subscription = new MqttSubscription(this, filter, options);
        lock (Gate)
        {
            ThrowIfClosed();
            _subscriptions.Add(subscription);
            _subscriptions.Request(_outbox, mayWrite: IsConnected);
            Signal();
        }

        return subscription.WhenGrantedAsync(cancellationToken);
    }

    /// <summary>Ends a subscription.</summary>
    /// <returns>Ends when the server has confirmed it, at once where there is nothing to confirm.</returns>
    internal Task LeaveAsync(MqttSubscription subscription, bool unsubscribe)
    {
        Task confirmed;
        bool isKept;
        lock (Gate)
        {
            confirmed = _subscriptions.LeaveAsync(subscription, unsubscribe && _closed is null, _outbox, out isKept);
            Signal();
        }

        subscription.Abandon(isTaken: !isKept);
        return confirmed;
    }

    /// <summary>Takes one packet of the server. Called under the gate.</summary>
    internal void Receive(in MqttFrame frame)
    {
        var happened = _session.Receive(frame, _outbox);
        switch (happened.Kind)
        {
            case SessionEventKind.Message:
                _subscriptions.Dispatch(happened.Message, happened.Token);
                break;
            case SessionEventKind.Delivered:
                _publications.OnDelivered(happened.Sequence);
                break;
            case SessionEventKind.Connected:
                OnConnected(happened.Resumption);
                break;
            case SessionEventKind.Refused:
                throw new MqttConnectRefusedException(happened.ReturnCode);
            case SessionEventKind.Subscribed:
                _subscriptions.OnSubAck(happened);
                break;
            case SessionEventKind.Unsubscribed:
                _subscriptions.OnUnsubAck(happened.PacketId);
                break;
            case SessionEventKind.UnknownAcknowledgement:
                Log.UnknownAcknowledgement(_log, frame.Type, _session.UnknownAcknowledgements);
                break;
        }
    }

    /// <summary>Writes what waits for its turn, as far as there is room, and wakes the write loop. Called under the gate.</summary>
    internal void Pump()
    {
        while (_outbox.HasRoom && _session.WriteNext(_outbox))
        {
        }

        WakeWriter();
    }

    private void OnConnected(MqttSessionResumption resumption)
    {
        Resumption = resumption;
        if (resumption is MqttSessionResumption.LostByServer or MqttSessionResumption.UnknownToClient)
        {
            Log.SessionMismatch(_log, resumption);
        }

        if (resumption is MqttSessionResumption.Resumed or MqttSessionResumption.UnknownToClient)
        {
            _subscriptions.Resume(_outbox);
        }
        else if (!_options.CleanSession)
        {
            _subscriptions.Restart();
        }

        _subscriptions.Request(_outbox, mayWrite: true);
        Pump();
        _connection?.OnConnected();
    }

    private void Signal()
    {
        WakeWriter();
        _connection?.OnWritten();
    }

    private void WakeWriter()
    {
        if (!_outbox.IsDrained)
        {
            _outbox.Signal.Set();
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed is not null)
        {
            throw new MqttClosedException(_closed.InnerException);
        }
    }

    private void ThrowIfNotConnected()
    {
        ThrowIfClosed();
        if (!IsConnected)
        {
            throw new MqttClosedException(_lastReason);
        }
    }
}
