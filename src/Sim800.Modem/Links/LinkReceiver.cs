using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Sim800.Modem.At;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.Links;

/// <summary>Reads received bytes from the modem when it announces them, polls it when it does not, and watches whether the link is alive.</summary>
internal sealed class LinkReceiver(
    AtChannel channel, LinkCommands commands, PipeWriter target, PushedData? pushed, LinkEnd end, ModemOptions options)
{
    private const int MaxSilences = 2;
    private readonly long _started = options.TimeProvider.GetTimestamp();
    private readonly PollPolicy _policy = new();
    private readonly DeliveryWatch _delivery = new();
    private volatile bool _hasSent;
    private readonly Alarm _alarm = new(options.TimeProvider);
    private volatile bool _dataPending;
    private volatile bool _isUnread;
    private TaskCompletionSource? _caughtUp;
    private bool _isBehind;
    private int _silences;
    private long _doubts;
    private bool _isReading;

    /// <summary>Where the read loop puts the bytes of an answer.</summary>
    internal ReadWindow Window { get; } = new(target, commands.ReadSize);

    internal long ReceivedBytes { get; private set; }

    /// <inheritdoc cref="ModemTcpConnection.AwaitsAnswer" />
    internal Func<bool>? AwaitsAnswer { get; set; }

    private bool IsAnswerOwed => AwaitsAnswer is null || AwaitsAnswer();

    private TimeSpan Now => options.TimeProvider.GetElapsedTime(_started);

    internal void OnDataPending()
    {
        lock (_policy)
        {
            (_dataPending, _isBehind) = (true, pushed is null && !_isUnread);
        }

        _alarm.Raise();
    }

    internal void OnSent()
    {
        _hasSent = true;
        lock (_policy)
        {
            if (!_policy.OnWrite(Now, IsAnswerOwed))
            {
                return;
            }
        }

        _alarm.Raise();
    }

    /// <summary>Ends when the modem holds nothing that it has announced, or when the time is up.</summary>
    internal async Task CatchUpAsync(TimeSpan limit)
    {
        Task caughtUp;
        lock (_policy)
        {
            if (!_isBehind)
            {
                return;
            }

            _caughtUp ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            caughtUp = _caughtUp.Task;
        }

        await caughtUp.WaitAsync(limit, options.TimeProvider, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The link has ended. What the modem still holds is read if it can be; otherwise whoever waits for bytes hears of it at once.</summary>
    internal void OnEnded()
    {
        if (!end.LeavesReceivedBytes)
        {
            Stop();
        }

        pushed?.Complete();
        _alarm.Raise();
    }

    /// <summary>What the modem still holds is of no use any more.</summary>
    internal void Stop()
    {
        _isUnread = true;
        OnCaughtUp();
        target.CancelPendingFlush(); // nobody may be reading
        Window.CompleteUnlessReceiving();
    }

    /// <summary>Reads until the link has ended and the modem holds nothing more.</summary>
    internal async Task RunAsync()
    {
        try
        {
            while (!end.HasEnded)
            {
                await WaitAndReadAsync().ConfigureAwait(false);
            }

            await DrainAsync().ConfigureAwait(false);
        }
        catch (Exception e) // a link without its receiver has ended, whatever was thrown
        {
            end.EndReading(LinkFailure.Of(e));
        }

        OnCaughtUp();
        _alarm.Stop();
        if (pushed is null)
        {
            Window.Complete();
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder))]
    private async ValueTask WaitAndReadAsync()
    {
        try
        {
            await WaitOrReadAsync().ConfigureAwait(false);
            _silences = 0;
        }
        catch (AtTimeoutException) when (!MayHaveLost && ++_silences <= MaxSilences)
        {
            OnNothingRead(); // nothing of the stream was lost: ask again later
        }
    }

    /// <summary>
    /// Whether the read that was not answered in time may have been answered, in lines that were damaged on the way: the modem has given
    /// the bytes away then, and will not give them again.
    /// </summary>
    private bool MayHaveLost => _isReading && (Window.Announced >= 0 || channel.Doubts > _doubts);

    private void OnNothingRead()
    {
        lock (_policy)
        {
            _policy.OnRead(Now, hadData: false, isKnown: false);
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder))]
    private async ValueTask WaitOrReadAsync()
    {
        TimeSpan delay;
        bool wantsStatus;
        lock (_policy)
        {
            delay = _policy.Delay(Now, IsAnswerOwed);
            wantsStatus = _policy.WantsStatus(Now);
        }

        if (pushed is null && !_isUnread && (_dataPending || (delay == TimeSpan.Zero && !wantsStatus)))
        {
            if (_dataPending || commands.Pending is not { } pending)
            {
                await ReadAllAsync().ConfigureAwait(false);
            }
            else
            {
                await AskAndReadAsync(pending).ConfigureAwait(false);
            }
        }
        else if (delay == TimeSpan.Zero && wantsStatus)
        {
            await AskStatusAsync().ConfigureAwait(false);
        }
        else
        {
            await _alarm.WaitAsync(delay == TimeSpan.Zero ? PollPolicy.Idle : delay).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder))]
    private async ValueTask ReadAllAsync()
    {
        do
        {
            _dataPending = false; // before the question: an announcement that crosses the answer counts again
        }
        while (await ReadAsync().ConfigureAwait(false) && Window.Left > 0 && !_isUnread);

        lock (_policy)
        {
            if (_dataPending)
            {
                return;
            }

            OnCaughtUp();
        }
    }

    private void OnCaughtUp()
    {
        lock (_policy)
        {
            _isBehind = false;
            _caughtUp?.TrySetResult();
            _caughtUp = null;
        }
    }

    private async ValueTask AskAndReadAsync(AtCommand pending)
    {
        _isReading = false;
        var response = await channel.SendAsync(pending, CancellationToken.None).ConfigureAwait(false);
        if (!response.FinalResult.IsSuccess)
        {
            await OnRefusedAsync().ConfigureAwait(false);
        }
        else if (commands.ReadPending(response) > 0)
        {
            await ReadAllAsync().ConfigureAwait(false);
        }
        else
        {
            OnNothingRead();
        }
    }

    private async ValueTask DrainAsync()
    {
        while (pushed is null && !_isUnread && end.LeavesReceivedBytes && await ReadRestAsync().ConfigureAwait(false))
        {
            // until the modem has nothing more, or no longer knows the link
        }
    }

    private async ValueTask<bool> ReadRestAsync()
    {
        try
        {
            return await ReadAsync().ConfigureAwait(false);
        }
        catch (AtTimeoutException) when (!MayHaveLost && ++_silences <= MaxSilences)
        {
            return true;
        }
    }

    /// <returns><c>false</c> when there was nothing to read.</returns>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadAsync()
    {
        if (!Window.TryOpen())
        {
            return false;
        }

        (_isReading, _doubts) = (true, channel.Doubts);
        try
        {
            var response = await channel.SendAsync(commands.Receive, CancellationToken.None).ConfigureAwait(false);
            if (commands.IsNothingToRead(response))
            {
                OnNothingRead();
                return false;
            }

            return response.FinalResult.IsSuccess ? await CommitAsync().ConfigureAwait(false) : await OnRefusedAsync().ConfigureAwait(false);
        }
        catch (AtTimeoutException) when (Window.IsWhole)
        {
            return await CommitAsync().ConfigureAwait(false); // only the OK was lost, or it came late
        }
        catch (AtTimeoutException lost) when (MayHaveLost)
        {
            throw new TcpLinkException(TcpLinkReason.BytesLost, inner: lost);
        }
        finally
        {
            Window.Close();
        }
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private async ValueTask<bool> CommitAsync()
    {
        if (!Window.IsWhole)
        {
            throw new TcpLinkException(TcpLinkReason.BytesLost);
        }

        var count = Window.Announced;
        lock (_policy)
        {
            _policy.OnRead(Now, count > 0, AwaitsAnswer is not null);
        }

        if (count == 0)
        {
            return false;
        }

        ReceivedBytes += count;
        _delivery.OnReceived();
        target.Advance(count);
        var flushing = target.FlushAsync(CancellationToken.None);
        var flushed = flushing.IsCompleted ? await flushing.ConfigureAwait(false) : await WatchUntilReadAsync(flushing.AsTask()).ConfigureAwait(false);
        _isUnread |= flushed.IsCompleted; // whether the link is still there is watched all the same
        return !flushed.IsCompleted;
    }

    /// <summary>The reader is slow, and nothing more is read for it. Whether the link is still there is found out meanwhile.</summary>
    private async Task<FlushResult> WatchUntilReadAsync(Task<FlushResult> flushing)
    {
        while (!flushing.IsCompleted)
        {
            await ((Task)flushing).WaitAsync(PollPolicy.StatusInterval, options.TimeProvider, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!flushing.IsCompleted && !end.HasEnded)
            {
                await WatchAsync().ConfigureAwait(false);
            }
        }

        return await flushing.ConfigureAwait(false);
    }

    private async Task WatchAsync()
    {
        try
        {
            await AskStatusAsync().ConfigureAwait(false);
            _silences = 0;
        }
        catch (AtTimeoutException lost)
        {
            if (++_silences > MaxSilences)
            {
                end.TryEnd(LinkFailure.Of(lost));
            }
        }
    }

    /// <summary>An open link is never refused: it has gone without a word, or its last word was lost.</summary>
    private async ValueTask<bool> OnRefusedAsync()
    {
        if (!end.HasEnded)
        {
            await AskStatusAsync().ConfigureAwait(false);
        }

        return false;
    }

    private async ValueTask AskStatusAsync()
    {
        _isReading = false;
        var response = await channel.SendAsync(commands.Status, CancellationToken.None).ConfigureAwait(false);
        lock (_policy)
        {
            _policy.OnStatus(Now);
        }

        var status = commands.ReadStatus(response);
        if (status.State == LinkState.Closed)
        {
            end.TryEnd(new TcpLinkException(TcpLinkReason.ClosedByPeer, status.Text));
        }
        else if (status.State == LinkState.Unknown)
        {
            end.TryEnd(new TcpLinkException(TcpLinkReason.Vanished, status.Text));
        }
        else if (_hasSent)
        {
            await AskAcknowledgementAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Modems have called links connected for a day while nothing got through.</summary>
    private async ValueTask AskAcknowledgementAsync()
    {
        var response = await channel.SendAsync(commands.Acknowledged, CancellationToken.None).ConfigureAwait(false);
        if (!response.FinalResult.IsSuccess)
        {
            return;
        }

        var seen = commands.ReadAcknowledgement(response);
        _hasSent = seen.Unacknowledged > 0;
        if (_delivery.IsDead(seen, Now))
        {
            end.TryEnd(new TcpLinkException(TcpLinkReason.Unacknowledged));
        }
    }
}
