using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt;

/// <summary>
/// A subscription with its own bounded queue of messages, read with <c>await foreach</c>, <see cref="ReadAsync"/> or
/// <see cref="TryRead"/>. It survives the connection where the client does. Disposing it unsubscribes.
/// </summary>
public sealed class MqttSubscription : IAsyncEnumerable<MqttMessage>, IAsyncDisposable
{
    private readonly ClientSession _session;
    private readonly Channel<MqttMessage> _messages;
    private long _dropped;
    private long _handlerFailures;

    internal MqttSubscription(ClientSession session, string filter, MqttSubscribeOptions options)
    {
        (_session, Filter, Options) = (session, filter, options);
        _messages = Channel.CreateBounded<MqttMessage>(options.Capacity);
        Granted = new TaskCompletionSource<MqttQoS>(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The topic filter.</summary>
    public string Filter { get; }

    /// <summary>The QoS the server has granted.</summary>
    public MqttQoS GrantedQoS { get; internal set; }

    /// <summary>How many messages found the queue full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many times the handler has thrown.</summary>
    public long HandlerFailures => Interlocked.Read(ref _handlerFailures);

    /// <summary>Ends when no more messages will come and the last one is taken; fails with the reason when that is a failure.</summary>
    public Task Completion => _messages.Reader.Completion;

    internal MqttSubscribeOptions Options { get; }

    internal TimeProvider TimeProvider => _session.TimeProvider;

    internal TaskCompletionSource<MqttQoS> Granted { get; }

    /// <summary>Takes the next message, if there is one.</summary>
    public bool TryRead([NotNullWhen(true)] out MqttMessage? message)
    {
        if (!_messages.Reader.TryRead(out message))
        {
            return false;
        }

        Take(message);
        return true;
    }

    /// <summary>Waits for the next message and takes it.</summary>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refused the subscription when it was made again.</exception>
    /// <exception cref="ChannelClosedException">The subscription or the client was disposed.</exception>
    public ValueTask<MqttMessage> ReadAsync(CancellationToken cancellationToken = default) =>
        !cancellationToken.IsCancellationRequested && TryRead(out var message)
            ? new ValueTask<MqttMessage>(message)
            : WaitAndReadAsync(cancellationToken);

    /// <summary>The messages as they come, each taken as it is given out; ends when the subscription or the client is
    /// disposed.</summary>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refused the subscription when it was made again.</exception>
    public async IAsyncEnumerator<MqttMessage> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (await _messages.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (TryRead(out var message))
            {
                yield return message;
            }
        }
    }

    /// <summary>Ends the subscription and waits until the server has confirmed that.</summary>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public Task UnsubscribeAsync(CancellationToken cancellationToken = default) =>
        _session.LeaveAsync(this, unsubscribe: true).WaitAsync(cancellationToken);

    /// <summary>Ends the subscription without waiting for the server. Messages not taken are given up, except those of QoS 1 and 2
    /// where the server keeps the subscription (<see cref="MqttSubscribeOptions.UnsubscribeOnDispose"/> is false, or the client has
    /// ended) in a stored session: it sends them again on a later connection.</summary>
    public ValueTask DisposeAsync()
    {
        _ = _session.LeaveAsync(this, Options.UnsubscribeOnDispose);
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends when the server has granted the subscription; without that there is none.</summary>
    internal async Task<MqttSubscription> WhenGrantedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return this;
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <returns><c>false</c> when the queue is full or closed.</returns>
    internal bool TryDeliver(MqttMessage message)
    {
        var isTaken = _messages.Writer.TryWrite(message);
        if (!isTaken)
        {
            Interlocked.Increment(ref _dropped);
        }

        return isTaken;
    }

    /// <summary>The application ends the subscription.</summary>
    internal void Leave()
    {
        Granted.TrySetCanceled(CancellationToken.None);
        _messages.Writer.TryComplete();
    }

    /// <summary>The client has ended: with a failure that the reader gets after the last message, or gracefully.</summary>
    internal void Close(MqttClosedException closed)
    {
        FailWaiting(closed);
        _messages.Writer.TryComplete(closed.InnerException is null ? null : closed);
    }

    /// <summary>The server does not want the subscription.</summary>
    internal void Fail(MqttSubscribeRefusedException reason)
    {
        FailWaiting(reason);
        _messages.Writer.TryComplete(reason);
    }

    /// <summary>Gives up what was not taken. The server hears of it as taken where nobody will ever take it; else it keeps it.</summary>
    internal void Abandon(bool isTaken)
    {
        while (_messages.Reader.TryRead(out var message))
        {
            message.Settle(isTaken);
        }
    }

    /// <summary>Gives each message to <paramref name="handler"/>, one after another, and acknowledges it when the handler has
    /// returned. A message whose handler throws is left with the server.</summary>
    internal void Start(Func<MqttMessage, CancellationToken, ValueTask> handler, Action<Exception> onFailure) =>
        _ = Task.Run(() => HandleAllAsync(handler, onFailure), CancellationToken.None);

    private async Task HandleAllAsync(Func<MqttMessage, CancellationToken, ValueTask> handler, Action<Exception> onFailure)
    {
        try
        {
            while (await _messages.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (_messages.Reader.TryRead(out var message))
                {
                    await HandleAsync(handler, message, onFailure).ConfigureAwait(false);
                }
            }
        }
        catch (MqttException e)
        {
            // The end of the client or of the subscription; Completion tells it to whoever asks.
            onFailure(e);
        }
    }

    private async Task HandleAsync(
        Func<MqttMessage, CancellationToken, ValueTask> handler, MqttMessage message, Action<Exception> onFailure)
    {
        try
        {
            await handler(message, _session.Ended).ConfigureAwait(false);
            Take(message);
        }
#pragma warning disable CA1031 // whatever the application throws must not end the deliveries that follow
        catch (Exception e)
#pragma warning restore CA1031
        {
            message.Settle(isTaken: false);
            Interlocked.Increment(ref _handlerFailures);
            onFailure(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<MqttMessage> WaitAndReadAsync(CancellationToken cancellationToken)
    {
        while (await _messages.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (TryRead(out var message))
            {
                return message;
            }
        }

        throw new ChannelClosedException();
    }

    private void FailWaiting(Exception reason)
    {
        Granted.TrySetException(reason);
        _ = Granted.Task.Exception;
    }

    private void Take(MqttMessage message)
    {
        if (Options.Acknowledgement == MqttAcknowledgement.OnTake)
        {
            message.Acknowledge();
        }
    }
}
