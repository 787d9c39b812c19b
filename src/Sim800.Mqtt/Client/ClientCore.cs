using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt.Client;

/// <summary>
/// The one state of a client, over all its connections: the session, the publishers who wait, the subscriptions, and whether there is a
/// connection. Everything changes here, under one gate, and nobody who calls in waits for the network while holding it.
/// </summary>
#pragma warning disable CA1001 // the token source has nothing to dispose, and disposing it would take the tokens from those who wait for their end
internal sealed class ClientCore : IAcknowledgementSink
#pragma warning restore CA1001
{
    private readonly MqttClientOptions _options;
    private readonly bool _reconnects;
    private readonly DeliveryWaiters _waiters;
    private readonly PoisonMessages _poison;
    private readonly CancellationTokenSource _ended = new();
    private MqttConnection? _connection;
    private TaskCompletionSource? _accepted;
    private MqttClosedException? _closed;
    private volatile bool _owesAnswer = true;
    private bool _hasWarnedOfForgotten;
    private long _damage;

    /// <param name="options">How the client behaves.</param>
    /// <param name="reconnects">Whether the client outlives its connections.</param>
    /// <param name="whenOffline">What happens to a message of QoS 0 between two of them.</param>
    internal ClientCore(MqttClientOptions options, bool reconnects, MqttOfflinePolicy whenOffline = MqttOfflinePolicy.Wait)
    {
        options.Validate();
        (_options, _reconnects) = (options, reconnects);
        Logger = options.LoggerFactory.CreateLogger<MqttClient>();
        Session = new MqttSession(options.ForSession(), options.SessionStore ?? new MqttInMemorySessionStore());
        Subscriptions = new Subscriptions(this, Session, options, Logger);
        Status = new StatusFeed(Gate, options.TimeProvider);
        _waiters = new DeliveryWaiters(Gate);
        _poison = new PoisonMessages(Session, _waiters, options.WhenPoisonMessage, Logger);
        Publishing = new Publishing(this, options, whenOffline, _waiters, _poison);
        Ended = _ended.Token;
    }

    internal Gate Gate { get; } = new();

    /// <summary>How much damage the line below has shown so far.</summary>
    internal Func<long> Damage { get; init; } = static () => 0;

    /// <summary>Whether the server has to answer something that was written; <c>true</c> while there is no connection.</summary>
    internal bool OwesAnswer
    {
        get => _owesAnswer;
        set => _owesAnswer = value;
    }

    internal ILogger Logger { get; }

    internal MqttSession Session { get; }

    internal Publishing Publishing { get; }

    internal Subscriptions Subscriptions { get; }

    internal StatusFeed Status { get; }

    internal ReadingGate Reading { get; } = new();

    internal MqttTraffic Traffic { get; } = new();

    /// <summary>Cancelled when the client has ended.</summary>
    internal CancellationToken Ended { get; }

    internal MqttSessionResumption Resumption { get; private set; }

    /// <summary>The connection there is; <c>null</c> between two of them.</summary>
    internal MqttConnection? Connection => _connection;

    void IAcknowledgementSink.Settle(InboundToken token, bool isTaken)
    {
        lock (Gate)
        {
            try
            {
                Session.Settle(token, isTaken, _connection?.Output);
            }
#pragma warning disable CA1031 // only the store can fail here, in any way; that ends the connection, not the application's read
            catch (Exception e)
#pragma warning restore CA1031
            {
                _connection?.End(MqttLinkException.StoreFailed(e));
            }

            _connection?.OnWritten();
        }
    }

    /// <summary>Connects over a transport, which then belongs to the connection, and goes on with the session.</summary>
    /// <returns>Ends when the server has accepted the connection.</returns>
    /// <exception cref="MqttException">The connection ended before that.</exception>
    /// <exception cref="InvalidOperationException">The last connection has not ended.</exception>
    internal Task<MqttConnection> AttachAsync(IDuplexPipe transport, CancellationToken cancellationToken)
    {
        var accepted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        MqttConnection connection;
        lock (Gate)
        {
            ThrowIfClosed();
            if (_connection is not null)
            {
                throw new InvalidOperationException("The last connection has not ended.");
            }

            _accepted = accepted;
            connection = new MqttConnection(transport, this, _options);
            Volatile.Write(ref _connection, connection);
            Begin(connection);
        }

        connection.Start();
        return WhenAcceptedAsync(connection, accepted.Task, cancellationToken);
    }

    /// <summary>Sends DISCONNECT if there is a connection; the client ends.</summary>
    internal async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        var connection = Volatile.Read(ref _connection);
        try
        {
            if (connection is not null)
            {
                await connection.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Close(reason: null); // unless the connection has ended for another reason meanwhile
        }
    }

    /// <summary>Disconnects within <see cref="MqttClientOptions.DisconnectTimeout"/>; never fails for reasons of the network.</summary>
    internal async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(_options.DisconnectTimeout, _options.TimeProvider);
        try
        {
            await DisconnectAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttException)
        {
            Log.CloseFailed(Logger, e);
        }
    }

    /// <summary>Ends when everything written so far is with the transport.</summary>
    /// <exception cref="MqttClosedException">There is no connection.</exception>
    internal Task FlushAsync()
    {
        lock (Gate)
        {
            ThrowIfClosed();
            return Session.Phase == ConnectionPhase.Connected
                ? _connection!.Output.WhenDrainedAsync()
                : throw new MqttClosedException(Status.Current.Reason);
        }
    }

    internal Task<IMqttSubscription> SubscribeAsync(
        IReadOnlyCollection<MqttTopicFilter> filters, MqttSubscribeOptions? options, CancellationToken cancellationToken)
    {
        options ??= new MqttSubscribeOptions();
        options.Validate(nameof(options));
        var subscription = new MqttSubscription(this, MqttTopicFilter.Distinct(filters), options);
        if (!_options.AllowControlCharacters)
        {
            Array.ForEach(subscription.Requested, filter => WireText.ThrowIfControl(filter.Filter, nameof(filters)));
        }

        lock (Gate)
        {
            ThrowIfClosed();
            if (Session is { Phase: ConnectionPhase.Connected, HasFreePacketId: false })
            {
                throw new MqttPacketIdsExhaustedException();
            }

            Subscriptions.Add(subscription);
            if (Session.Phase == ConnectionPhase.Connected)
            {
                Subscriptions.Request(_connection!.Output);
                _connection.OnWritten();
            }
        }

        return subscription.WhenGrantedAsync(cancellationToken);
    }

    /// <summary>Ends a subscription.</summary>
    /// <returns>Ends when the server has confirmed it, at once where there is nothing to confirm.</returns>
    internal Task UnsubscribeAsync(MqttSubscription subscription, bool tellsServer)
    {
        Task confirmed;
        bool isKept;
        lock (Gate)
        {
            confirmed = Subscriptions.RemoveAsync(subscription, tellsServer && _closed is null, _connection?.Output, out isKept);
            _connection?.OnWritten();
        }

        subscription.Abandon(isTaken: !isKept);
        return confirmed;
    }

    /// <summary>Has the server forget filters, as <see cref="IMqttClient.UnsubscribeAsync"/> says.</summary>
    internal Task UnsubscribeAsync(IReadOnlyCollection<string> filters)
    {
        var distinct = Array.ConvertAll(MqttTopicFilter.Distinct([.. filters.Select(filter => new MqttTopicFilter(filter))]), filter => filter.Filter);
        lock (Gate)
        {
            ThrowIfClosed();
            var confirmed = Subscriptions.UnsubscribeAsync(distinct, _connection?.Output);
            _connection?.OnWritten();
            return confirmed;
        }
    }

    /// <exception cref="MqttClosedException">The client has ended.</exception>
    internal void ThrowIfClosed()
    {
        Gate.AssertHeld();
        if (_closed is not null)
        {
            throw new MqttClosedException(_closed.InnerException);
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
            Subscriptions.Close(_closed);
            Status.Close(reason);
            Publishing.LetGo();
        }

        _ = _ended.CancelAsync();
    }

    /// <summary>Ends the connection, if there is one.</summary>
    internal void EndConnection(Exception reason) => Volatile.Read(ref _connection)?.End(reason);

    /// <summary>A connection takes or writes nothing more; the session waits for the next one.</summary>
    /// <returns>The reason of the end: the message at which the server hung up, where one was found.</returns>
    internal Exception? Detach(MqttConnection connection, Exception? reason)
    {
        Gate.AssertHeld();
        if (ReferenceEquals(_connection, connection))
        {
            Volatile.Write(ref _connection, null);
            OwesAnswer = true;
            var cause = (reason as MqttLinkException)?.Cause ?? ConnectionEndCause.Other;
            if (Damage() is var damage && damage != _damage)
            {
                _damage = damage;
                Session.Doubt();
            }

            reason = _poison.Judge(Session.Disconnect(cause), cause != ConnectionEndCause.Other ? reason : null) ?? reason;
            _poison.LetGo();
            Subscriptions.Disconnect(new MqttClosedException(reason));
            _accepted!.TrySetException(reason ?? new MqttClosedException(null));
            _ = _accepted.Task.Exception;
        }

        return reason;
    }

    /// <summary>Something else than a message may have made the server hang up.</summary>
    internal void Doubt()
    {
        lock (Gate)
        {
            Session.Doubt();
        }
    }

    /// <summary>Gives up messages that the server has not confirmed, as <see cref="IMqttClient.Withdraw"/> says.</summary>
    internal int Withdraw(Predicate<MqttMessage> which)
    {
        ArgumentNullException.ThrowIfNull(which);
        lock (Gate)
        {
            ThrowIfClosed();
            var count = _poison.Withdraw(which);
            if (_connection is { } connection && count > 0)
            {
                Pump(connection.Output);
                connection.OnWritten();
            }

            return count;
        }
    }

    /// <summary>A connection is over.</summary>
    internal void OnEnded(Exception? reason)
    {
        Gate.AssertHeld();
        if (!_reconnects)
        {
            Close(reason);
        }
        else if (reason is not null)
        {
            Status.Lost(reason);
        }
    }

    /// <summary>The transport of a connection is closed.</summary>
    internal void OnClosed()
    {
        if (!_reconnects)
        {
            lock (Gate) // whoever ends the client holds it until the status says so
            {
                Status.Complete();
            }
        }
    }

    /// <summary>Takes one packet of the server.</summary>
    internal void Receive(in MqttFrame frame, ConnectionWriter output)
    {
        Gate.AssertHeld();
        var forgotten = Session.ForgottenByServer;
        var happened = Session.Receive(frame, output);
        WarnOf(isForgotten: Session.ForgottenByServer > forgotten, happened.StoreFailure);
        _poison.LetGo();
        switch (happened.Kind)
        {
            case SessionEventKind.Message:
                Traffic.OnMessage();
                Subscriptions.Dispatch(happened.Message, happened.Token);
                break;
            case SessionEventKind.Delivered:
                _waiters.Finish(happened.Sequence, failure: null);
                Subscriptions.RequestDeferred(output);
                break;
            case SessionEventKind.PassedOver:
                Log.PassedOver(Logger, MqttProtocolException.Shown(happened.Message.Topic), happened.Message.Payload.Length);
                break;
            case SessionEventKind.Connected:
                OnConnected(happened, output);
                break;
            case SessionEventKind.Refused:
                throw new MqttConnectRefusedException(happened.ReturnCode);
            case SessionEventKind.Subscribed:
                Subscriptions.OnSubAck(happened, output);
                Subscriptions.RequestDeferred(output);
                break;
            case SessionEventKind.Unsubscribed:
                Subscriptions.OnUnsubAck(happened.PacketId);
                Subscriptions.RequestDeferred(output);
                break;
            case SessionEventKind.UnknownAcknowledgement:
                Log.UnknownAcknowledgement(Logger, frame.Type, Session.UnknownAcknowledgements);
                break;
        }
    }

    private void WarnOf(bool isForgotten, Exception? storeFailure)
    {
        if (isForgotten && !_hasWarnedOfForgotten)
        {
            _hasWarnedOfForgotten = true;
            Log.ForgottenByServer(Logger);
        }

        if (storeFailure is not null)
        {
            Log.ForgetFailed(Logger, storeFailure.Message);
        }
    }

    /// <summary>Writes what waits for its turn, as far as there is room, and wakes the write loop.</summary>
    internal void Pump(ConnectionWriter output)
    {
        Gate.AssertHeld();
        while (output.HasRoom && Session.WriteNext(output))
        {
        }

        output.Wake();
    }

    /// <summary>Begins a connection: CONNECT, and at once what may follow it.</summary>
    private void Begin(MqttConnection connection)
    {
        try
        {
            Session.Connect(connection.Output);
            Subscriptions.Connect(connection.Output);
            Pump(connection.Output);
        }
#pragma warning disable CA1031 // only the store can fail here, in any way; the connection ends with that reason before it began
        catch (Exception e)
#pragma warning restore CA1031
        {
            connection.End(MqttLinkException.StoreFailed(e));
        }
    }

    private async Task<MqttConnection> WhenAcceptedAsync(MqttConnection connection, Task accepted, CancellationToken cancellationToken)
    {
        var waiting = accepted.WaitAsync(cancellationToken);
        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bool isAccepted;
        lock (Gate)
        {
            // Who closes right behind CONNACK was connected all the same; and whoever the status has told of it may be here before the gate is left.
            isAccepted = accepted.IsCompletedSuccessfully;
        }

        if (!isAccepted)
        {
            await FailAsync(connection, waiting).ConfigureAwait(false);
        }

        Log.Connected(Logger, Resumption);
        return connection;
    }

    private static async Task FailAsync(MqttConnection connection, Task waiting)
    {
        try
        {
            await waiting.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            connection.End(e);
            await connection.Closed.ConfigureAwait(false);
            throw;
        }
    }

    private void OnConnected(in SessionEvent happened, ConnectionWriter output)
    {
        var resumption = Resumption = happened.Resumption;
        _hasWarnedOfForgotten = false;
        if (happened.ClaimsSession)
        {
            Log.SessionNotClean(Logger);
        }

        // A session that only the server knows is what a restart finds that had nothing open.
        if (resumption is MqttSessionResumption.LostByServer)
        {
            Log.SessionMismatch(Logger, resumption);
        }

        if (resumption is MqttSessionResumption.Resumed or MqttSessionResumption.UnknownToClient)
        {
            Subscriptions.Resume(output);
        }
        else if (!_options.CleanSession)
        {
            Subscriptions.Restart();
        }

        Subscriptions.Request(output);
        Pump(output);
        Status.Connected();
        _accepted!.TrySetResult();
    }
}
