using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Client;

/// <summary>One subscription: its queue, and what the server has granted.</summary>
internal sealed class MqttSubscription : IMqttSubscription
{
    /// <summary>
    /// As much as QoS 1 and 2 may exceed the capacity before nothing more is read from the server: more than servers send ahead by
    /// themselves, so that acknowledgements for which a handler waits still come in.
    /// </summary>
    internal const int MostExcess = 256;
    internal const long MostExcessBytes = 1024 * 1024;

    private readonly ClientCore _core;
    private readonly MqttSubscribeOptions _options;
    private readonly Channel<MqttMessage> _messages;
    private readonly TaskCompletionSource _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttTopicFilter[] _filters;
    private long _bytes;
    private int _isOverfull;
    private long _dropped;
    private long _handlerFailures;

    internal MqttSubscription(ClientCore core, MqttTopicFilter[] filters, MqttSubscribeOptions options)
    {
        (_core, _filters, Requested, _options) = (core, filters, filters, options);
        Topics = [.. (options.Topics ?? filters.SelectMany(filter => TopicFilter.TopicsOf(filter.Filter))).Distinct(StringComparer.Ordinal)];
        _messages = Channel.CreateBounded<MqttMessage>(int.MaxValue); // what it holds is bounded by stopping the reading
    }

    public IReadOnlyList<MqttTopicFilter> Filters => Volatile.Read(ref _filters);

    public long Dropped => Interlocked.Read(ref _dropped);

    public long HandlerFailures => Interlocked.Read(ref _handlerFailures);

    public Task Completion => _messages.Reader.Completion;

    /// <summary>The filters, each with the highest QoS wanted.</summary>
    internal MqttTopicFilter[] Requested { get; }

    /// <summary>Filters of the topics whose messages are this subscription's.</summary>
    internal string[] Topics { get; }

    /// <inheritdoc cref="MqttSubscribeOptions.TakesUnmatched" />
    internal bool TakesUnmatched => _options.TakesUnmatched;

    /// <summary>The same filters as the server knows them. Belongs to the core's gate, as the next one does.</summary>
    internal SubscribedFilter[] Wanted { get; set; } = [];

    /// <summary>Used while a message is dispatched: whether this subscription is among its receivers already.</summary>
    internal bool IsMatched { get; set; }

    public bool TryRead(out MqttMessage message)
    {
        if (!TryDequeue(out message))
        {
            return false;
        }

        Take(message);
        return true;
    }

    public ValueTask<MqttMessage> ReadAsync(CancellationToken cancellationToken = default) =>
        !cancellationToken.IsCancellationRequested && TryRead(out var message)
            ? new ValueTask<MqttMessage>(message)
            : WaitAndReadAsync(cancellationToken);

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

    public Task UnsubscribeAsync(CancellationToken cancellationToken = default) =>
        _core.UnsubscribeAsync(this, tellsServer: true).WaitAsync(cancellationToken);

    /// <summary>Ends the subscription without waiting for the server. Messages not taken are given up, except those of QoS 1 and 2
    /// where the server keeps the subscription (<see cref="MqttSubscribeOptions.UnsubscribeOnDispose"/> is false, or the client has
    /// ended) in a stored session: it sends them again on a later connection.</summary>
    public ValueTask DisposeAsync()
    {
        _ = _core.UnsubscribeAsync(this, _options.UnsubscribeOnDispose);
        return ValueTask.CompletedTask;
    }

    /// <summary>The server has granted every filter, perhaps not for the first time.</summary>
    internal void Grant()
    {
        Volatile.Write(ref _filters, Array.ConvertAll(Wanted, filter => new MqttTopicFilter(filter.Filter, filter.GrantedQoS)));
        _granted.TrySetResult();
    }

    /// <summary>Ends when the server has granted every filter; if that is not waited for, the subscription ends.</summary>
    internal async Task<IMqttSubscription> WhenGrantedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _granted.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        if (_options.Handler is { } handler)
        {
            _ = Task.Run(() => HandleAllAsync(handler), CancellationToken.None);
        }

        return this;
    }

    /// <summary>QoS 0 is dropped beyond the capacity. QoS 1 and 2 are queued in their order, and too much of them stops the reading.</summary>
    /// <returns><c>false</c> when the queue is full or closed.</returns>
    internal bool TryDeliver(in MqttMessage message)
    {
        var isTaken = (message.Sink is not null || _messages.Reader.Count < _options.Capacity) && _messages.Writer.TryWrite(message);
        if (!isTaken)
        {
            Interlocked.Increment(ref _dropped);
            return false;
        }

        Interlocked.Add(ref _bytes, message.Payload.Length);
        if (Exceeds(MostExcess, MostExcessBytes) && Interlocked.Exchange(ref _isOverfull, 1) == 0)
        {
            _core.Reading.Stop();
            ResumeIfPossible(); // the reader may just have emptied it
        }

        return true;
    }

    /// <summary>The application ends the subscription.</summary>
    internal void Leave()
    {
        _granted.TrySetCanceled(CancellationToken.None);
        _messages.Writer.TryComplete();
        Resume();
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
        Resume();
    }

    /// <summary>Gives up what was not taken. The server hears of it as taken where nobody will ever take it; else it keeps it.</summary>
    internal void Abandon(bool isTaken)
    {
        while (TryDequeue(out var message))
        {
            message.Settle(isTaken);
        }
    }

    private bool TryDequeue(out MqttMessage message)
    {
        if (!_messages.Reader.TryRead(out message))
        {
            return false;
        }

        Interlocked.Add(ref _bytes, -message.Payload.Length);
        ResumeIfPossible();
        return true;
    }

    private bool Exceeds(int messages, long bytes) => _messages.Reader.Count - _options.Capacity is > 0 and var excess
        && (excess >= messages || Interlocked.Read(ref _bytes) >= bytes);

    private void ResumeIfPossible()
    {
        if (Volatile.Read(ref _isOverfull) == 1 && !Exceeds(MostExcess / 2, MostExcessBytes / 2))
        {
            Resume();
        }
    }

    private void Resume()
    {
        if (Interlocked.Exchange(ref _isOverfull, 0) == 1)
        {
            _core.Reading.Resume();
        }
    }

    private async Task HandleAllAsync(Func<MqttMessage, CancellationToken, ValueTask> handler)
    {
        try
        {
            while (await _messages.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (TryDequeue(out var message))
                {
                    await HandleAsync(handler, message).ConfigureAwait(false);
                }
            }
        }
        catch (MqttException e)
        {
            // The end of the client or of the subscription; Completion tells it to whoever asks.
            OnHandlerFailed(e);
        }
    }

    private async Task HandleAsync(Func<MqttMessage, CancellationToken, ValueTask> handler, MqttMessage message)
    {
        try
        {
            await handler(message, _core.Ended).ConfigureAwait(false);
            Take(message);
        }
        catch (OperationCanceledException) when (_core.Ended.IsCancellationRequested)
        {
            // The handler did what its token asked for; the message stays with the server.
            message.Settle(isTaken: false);
        }
#pragma warning disable CA1031 // whatever the application throws must not end the deliveries that follow
        catch (Exception e)
#pragma warning restore CA1031
        {
            message.Settle(isTaken: false);
            Interlocked.Increment(ref _handlerFailures);
            OnHandlerFailed(e);
        }
    }

    private void OnHandlerFailed(Exception reason) =>
        Log.HandlerFailed(_core.Logger, string.Join(", ", Requested.Select(filter => filter.Filter)), reason);

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
        _granted.TrySetException(reason);
        _ = _granted.Task.Exception;
    }

    private void Take(in MqttMessage message)
    {
        if (_options.Acknowledgement == MqttAcknowledgement.OnTake)
        {
            message.Acknowledge();
        }
    }
}
