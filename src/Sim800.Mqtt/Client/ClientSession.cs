using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>
/// What outlives a connection: the session, the publishers who wait and the subscriptions, all under one gate. Whoever
/// calls in is never made to wait for the network here.
/// </summary>
internal sealed class ClientSession : IMessageOwner, IDisposable
{
    private readonly MqttClientOptions _options;
    private readonly MqttSession _session;
    private readonly SubscriptionRegistry _subscriptions = new();
    private readonly MessageDispatcher _dispatcher;
    private readonly DeliveryWaiters _waiters;
    private readonly Dictionary<ushort, TaskCompletionSource> _unsubscribing = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly ILogger _log;
    private MqttConnection? _connection;
    private Outbox _outbox = new(capacity: 0);
    private MqttClosedException? _closed;

    internal ClientSession(MqttClientOptions options)
    {
        _options = options;
        _log = options.LoggerFactory.CreateLogger<MqttClient>();
        _session = new MqttSession(options.ForSession(), options.SessionStore ?? new InMemoryMqttSessionStore());
        _dispatcher = new MessageDispatcher(this, _subscriptions, options.MaxUnclaimedMessages);
        _waiters = new DeliveryWaiters(Gate);
    }

    internal Gate Gate { get; } = new();

    internal CancellationToken Ended => _ended.Token;

    internal MqttSessionResumption Resumption { get; private set; }

    internal bool IsConnected => _session.Phase == ConnectionPhase.Connected;

    internal bool IsConnecting => _session.Phase == ConnectionPhase.Connecting;

    internal bool AwaitsAnswer => _session.AwaitsAnswer;

    internal int Unacknowledged
    {
        get
        {
            lock (Gate)
            {
                return _session.InFlight + _session.Waiting;
            }
        }
    }

    /// <summary>Begins a connection: CONNECT, and at once what may follow it.</summary>
    internal void Attach(MqttConnection connection)
    {
        lock (Gate)
        {
            ThrowIfClosed();
            (_connection, _outbox) = (connection, connection.Outbox);
            _session.Connect(_outbox);
            if (_options.CleanSession)
            {
                _subscriptions.Restart();
                _dispatcher.Restart();
                RequestSubscriptions(_options.SendBeforeConnAck);
            }

            Pump();
        }
    }

    /// <summary>A connection has ended; the session waits for the next one.</summary>
    internal void Detach(MqttConnection connection, Exception? reason)
    {
        lock (Gate)
        {
            if (!ReferenceEquals(_connection, connection))
            {
                return;
            }

            _connection = null;
            _session.Disconnect();
            _subscriptions.Disconnect();
            FailUnsubscribing(new MqttClosedException(reason));
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
            _waiters.FailAll(_closed);
            FailUnsubscribing(_closed);
            foreach (var handle in _subscriptions.Handles)
            {
                handle.Granted.TrySetException(_closed);
                _ = handle.Granted.Task.Exception;
                handle.Complete(reason is null ? null : _closed);
            }
        }

        _ended.Cancel();
    }

    public void Dispose() => _ended.Dispose();

    internal void ThrowIfClosed()
    {
        if (_closed is not null)
        {
            throw new MqttClosedException(_closed.InnerException);
        }
    }

    /// <summary>Stores a message of QoS 1 or 2, sends it when it is its turn, and waits for its confirmation.</summary>
    internal ValueTask PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQoS qos, bool retain, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            ThrowIfClosed();
            var sequence = Accept(topic, payload, qos, retain);
            Signal();
            return _waiters.WaitAsync(sequence, cancellationToken);
        }
    }

    /// <summary>Writes a message of QoS 0 if there is a connection with room for it.</summary>
    /// <returns><c>false</c> when <paramref name="room"/> is to be awaited before the next attempt.</returns>
    /// <exception cref="MqttClosedException">There is no connection.</exception>
    internal bool TryPublish(in Packets.PublishPacket packet, PayloadStream? stream, out Task room)
    {
        lock (Gate)
        {
            ThrowIfNotConnected();
            room = Task.CompletedTask;
            if (!_outbox.HasRoom)
            {
                room = _outbox.WhenRoomAsync();
                return false;
            }

            if (stream is null)
            {
                packet.Write(_outbox);
            }
            else
            {
                packet.WriteHeader(_outbox, stream.Length);
                _outbox.Append(stream);
            }

            Signal();
            return true;
        }
    }

    /// <summary>Ends when everything written so far is with the transport.</summary>
    internal Task FlushAsync()
    {
        lock (Gate)
        {
            ThrowIfNotConnected();
            return _outbox.WhenFlushedAsync(_outbox.Gathered);
        }
    }

    internal async Task<MqttSubscription> SubscribeAsync(
        string filter, MqttSubscribeOptions options, CancellationToken cancellationToken)
    {
        var subscription = new MqttSubscription(this, filter, options);
        lock (Gate)
        {
            ThrowIfClosed();
            _subscriptions.Add(subscription);
            _dispatcher.Claim(subscription);
            RequestSubscriptions(IsConnected);
            Signal();
        }

        try
        {
            await subscription.Granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return subscription;
        }
        catch (OperationCanceledException)
        {
            await subscription.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends a subscription at the server and waits for the confirmation, if there is anything to confirm.</summary>
    internal Task UnsubscribeAsync(MqttSubscription subscription, CancellationToken cancellationToken)
    {
        Task confirmed;
        lock (Gate)
        {
            confirmed = LeaveAsync(subscription, unsubscribe: true);
        }

        subscription.Abandon();
        return confirmed.WaitAsync(cancellationToken);
    }

    internal void Leave(MqttSubscription subscription)
    {
        lock (Gate)
        {
            _ = LeaveAsync(subscription, subscription.Options.UnsubscribeOnDispose);
        }

        subscription.Abandon();
    }

    /// <summary>Takes one packet of the server.</summary>
    internal void Receive(in MqttFrame frame)
    {
        var happened = _session.Receive(frame, _outbox);
        switch (happened.Kind)
        {
            case SessionEventKind.Message:
                _dispatcher.Dispatch(happened.Message, happened.Token);
                break;
            case SessionEventKind.Delivered:
                _waiters.Finish(happened.Sequence, failure: null);
                break;
            case SessionEventKind.Connected:
                OnConnected(happened.Resumption);
                break;
            case SessionEventKind.Refused:
                throw new MqttConnectRefusedException(happened.ReturnCode);
            case SessionEventKind.Subscribed:
                OnSubscribed(happened);
                break;
            case SessionEventKind.Unsubscribed when _unsubscribing.Remove(happened.PacketId, out var waiter):
                waiter.TrySetResult();
                break;
            case SessionEventKind.UnknownAcknowledgement:
                Log.UnknownAcknowledgement(_log, frame.Type);
                break;
        }
    }

    /// <summary>Writes what waits for its turn, as far as there is room, and wakes the write loop.</summary>
    internal void Pump()
    {
        while (_outbox.HasRoom && _session.WriteNext(_outbox))
        {
        }

        if (!_outbox.IsDrained)
        {
            _outbox.Signal.Set();
        }
    }

    void IMessageOwner.Settle(InboundToken token, bool isTaken)
    {
        lock (Gate)
        {
            if (isTaken)
            {
                _session.Acknowledge(token, _outbox);
            }
            else
            {
                _session.Reject(token, _outbox);
            }

            Signal();
        }
    }

    private long Accept(string topic, ReadOnlyMemory<byte> payload, MqttQoS qos, bool retain)
    {
        while (true)
        {
            var sequence = _session.Publish(topic, payload, qos, retain, _outbox.HasRoom, _outbox);
            if (sequence != 0)
            {
                return sequence;
            }

            var dropped = _options.WhenStoreFull == MqttStoreFullPolicy.DropOldest ? _session.DropOldest() : 0;
            if (dropped == 0)
            {
                throw new MqttStoreFullException(dropped: false);
            }

            Log.MessageDropped(_log, dropped);
            _waiters.Finish(dropped, new MqttStoreFullException(dropped: true));
        }
    }

    private void OnConnected(MqttSessionResumption resumption)
    {
        Resumption = resumption;
        if (resumption is MqttSessionResumption.LostByServer or MqttSessionResumption.UnknownToClient)
        {
            Log.SessionMismatch(_log, resumption);
        }

        var isNew = resumption is MqttSessionResumption.New or MqttSessionResumption.LostByServer;
        if (isNew && !_options.CleanSession)
        {
            _subscriptions.Restart();
            _dispatcher.Restart();
        }

        _dispatcher.KeepsUnclaimed = !isNew;
        RequestSubscriptions(mayWrite: true);
        Pump();
        _connection?.OnConnected();
    }

    private void OnSubscribed(in SessionEvent happened)
    {
        foreach (var filter in _subscriptions.Answer(happened.PacketId, happened.ReturnCodes.Span))
        {
            Log.SubscriptionRefused(_log, filter);
        }
    }

    private void RequestSubscriptions(bool mayWrite)
    {
        if (mayWrite)
        {
            _subscriptions.Request(_session, _outbox);
        }
    }

    private Task LeaveAsync(MqttSubscription subscription, bool unsubscribe)
    {
        subscription.Granted.TrySetCanceled(CancellationToken.None);
        subscription.Complete(reason: null);
        if (!_subscriptions.Remove(subscription) || !unsubscribe || !IsConnected || _closed is not null)
        {
            return Task.CompletedTask;
        }

        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _unsubscribing.Add(_session.Unsubscribe([subscription.Filter], _outbox), confirmed);
        Signal();
        return confirmed.Task;
    }

    private void FailUnsubscribing(Exception reason)
    {
        foreach (var waiter in _unsubscribing.Values)
        {
            waiter.TrySetException(reason);
            _ = waiter.Task.Exception;
        }

        _unsubscribing.Clear();
    }

    private void Signal()
    {
        if (!_outbox.IsDrained)
        {
            _outbox.Signal.Set();
        }

        _connection?.OnWritten();
    }

    private void ThrowIfNotConnected()
    {
        ThrowIfClosed();
        if (!IsConnected)
        {
            throw new MqttClosedException(_connection?.EndReason);
        }
    }
}
