using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Pipes;

namespace Sim800.Modem.Links;

/// <summary>
/// The one link of CIPMODE=1: what is written to the line goes to the peer and back. The modem's own words come within the data;
/// commands are possible again only after the escape, and data again after ATO.
/// </summary>
internal sealed class TransparentLink : ILink
{
    private const int Attempts = 3;
    private static readonly TimeSpan HalfWord = TimeSpan.FromMilliseconds(150);
    private readonly Gate _gate = new();
    private readonly AtChannel _channel;
    private readonly LinkSlot _slot;
    private readonly Sim800ModemOptions _options;
    private readonly LinkCloser _closer;
    private readonly CommandModeSwitch _switch;
    private readonly TransparentSender _sender;
    private readonly TransparentStream _stream = new();
    private readonly PipeWriter _inbound;
    private readonly ReasonedReader _input;
    private readonly ITimer _silence;
    private readonly Task _sending;
    private TaskCompletionSource<bool> _commandMode = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpLinkException? _failure;
    private bool _hasPaused;
    private bool _isSuspended;
    private bool _ended;

    internal TransparentLink(AtChannel channel, LinkSlot slot, CommandModeSwitch commandMode, Sim800ModemOptions options, ILogger logger)
    {
        (_channel, _slot, _switch, _options) = (channel, slot, commandMode, options);
        _closer = new LinkCloser(channel, LinkCommands.Single, options, logger);
        _silence = options.TimeProvider.CreateTimer(
            static self => ((TransparentLink)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var outbound = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 8192, resumeWriterThreshold: 4096, useSynchronizationContext: false));
        var inbound = new Pipe(new PipeOptions(
            pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
        (_input, Output, _inbound) = (new ReasonedReader(inbound.Reader), outbound.Writer, inbound.Writer);
        _sender = new TransparentSender(channel, commandMode, outbound.Reader, options);
        _sending = SendAsync();
    }

    public PipeReader Input => _input;

    public PipeWriter Output { get; }

    public bool IsAlive => !Volatile.Read(ref _ended);

    public long SentBytes => _sender.SentBytes;

    public long ReceivedBytes => _stream.GivenBytes;

    /// <summary>Leaves the data for the question and goes back (ATO): two seconds in which nothing is sent.</summary>
    public async ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken)
    {
        using (await _sender.PauseAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!IsAlive || !await TryLeaveDataAsync().ConfigureAwait(false))
            {
                throw _failure ?? new TcpLinkException(TcpLinkReason.ClosedByPeer);
            }

            try
            {
                return await _closer.ReadAcknowledgementAsync(CancellationToken.None).ConfigureAwait(false);
            }
            finally
            {
                await ReturnToDataAsync().ConfigureAwait(false);
            }
        }
    }

    public ValueTask<TcpLinkException?> CloseAsync() => _slot.LeaveAsync(LeaveAsync);

    private async ValueTask<TcpLinkException?> LeaveAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        await _closer.AwaitDeliveryAsync(_sending, () => false, deadline.Token).ConfigureAwait(false);
        _sender.Stop();
        await _sending.ConfigureAwait(false);
        if (_channel.IsInDataMode && await TryLeaveDataAsync().ConfigureAwait(false))
        {
            await _closer.AwaitDeliveryAsync(_sending, () => IsAlive && SentBytes > 0, deadline.Token).ConfigureAwait(false);
            await _closer.TryCloseAsync().ConfigureAwait(false);
        }

        End(null);
        await _silence.DisposeAsync().ConfigureAwait(false);
        return _failure;
    }

    public void OnReadAnnounced(int count, int left)
    {
        // CIPRXGET is not in use on a transparent link
    }

    public void OnPushAnnounced(int count)
    {
        // neither is +RECEIVE
    }

    public void OnData(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _hasPaused = false;
            _stream.Feed(bytes, Target);
            Arm();
        }

        Flush();
    }

    public void OnSlip()
    {
        // nothing is counted here
    }

    /// <summary>Lines come only while the data is suspended. A line that nobody knows is data that the modem did not keep back.</summary>
    public void OnUrc(in Urc urc)
    {
        if (urc.Kind is UrcKind.Closed or UrcKind.CloseOk)
        {
            End(null);
        }
        else if (urc.Kind == UrcKind.Unknown && Volatile.Read(ref _isSuspended))
        {
            End(new TcpLinkException(TcpLinkReason.BytesLost));
        }
    }

    public void OnFailed(TcpLinkException reason) => End(reason);

    /// <summary>Who ended reads nothing more; the modem's words are listened to all the same.</summary>
    private PipeWriter? Target => _ended ? null : _inbound;

    private void Arm() => _silence.Change(
        !_stream.IsUndecided ? Timeout.InfiniteTimeSpan : _stream.HoldsWord || _hasPaused ? CommandModeSwitch.Guard : HalfWord,
        Timeout.InfiniteTimeSpan);

    private void OnTimer()
    {
        var word = TransparentWord.None;
        lock (_gate)
        {
            if (_hasPaused || _stream.HoldsWord)
            {
                word = _stream.OnSilence(Target);
            }
            else
            {
                _hasPaused = true;
                _stream.OnPause(Target);
                Arm();
            }
        }

        if (word == TransparentWord.None)
        {
            Flush();
        }
        else
        {
            OnWord(word);
        }
    }

    /// <summary>The modem speaks: it is in command mode.</summary>
    private void OnWord(TransparentWord word)
    {
        _channel.LeaveDataMode(isConfirmed: true);
        Volatile.Read(ref _commandMode).TrySetResult(word == TransparentWord.Ok);
        switch (word)
        {
            case TransparentWord.Closed:
                End(null);
                break;
            case TransparentWord.Notice:
                _channel.Hear(_stream.Said); // who watches over the modem ends this link for the right reason
                End(new TcpLinkException(TcpLinkReason.Vanished));
                break;
        }
    }

    /// <summary>Runs in the read loop, so it never waits: a pipe that is full means a reader that is lost.</summary>
    private void Flush()
    {
        if (IsAlive && !_inbound.FlushAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully)
        {
            End(new TcpLinkException(TcpLinkReason.ReaderTooSlow));
        }
    }

    /// <returns>Whether the modem has come back from the data of an open link. If it has not, it is called out of it before the next one.</returns>
    private async Task<bool> TryLeaveDataAsync()
    {
        try
        {
            for (var attempt = 0; attempt < Attempts && _channel.IsInDataMode; attempt++)
            {
                if (await TryEscapeAsync().ConfigureAwait(false))
                {
                    return true;
                }
            }
        }
        catch (ModemException e)
        {
            End(LinkFailure.Of(e));
        }

        if (_channel.IsInDataMode)
        {
            _channel.LeaveDataMode(isConfirmed: false);
        }

        End(new TcpLinkException(TcpLinkReason.NoAnswer));
        return false;
    }

    private async Task<bool> TryEscapeAsync()
    {
        var commandMode = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            (_stream.ExpectsOk, _isSuspended, _commandMode) = (true, true, commandMode);
        }

        await _switch.RunAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.WhenAny(
            commandMode.Task, Task.Delay(4 * CommandModeSwitch.Guard, _options.TimeProvider, CancellationToken.None)).ConfigureAwait(false);
        return commandMode.Task.IsCompleted && await commandMode.Task.ConfigureAwait(false);
    }

    private async Task ReturnToDataAsync()
    {
        lock (_gate)
        {
            _stream.ExpectsOk = false;
            _isSuspended = false;
        }

        try
        {
            var response = await _channel.SendAsync(Sim800Commands.ReturnToData, CancellationToken.None).ConfigureAwait(false);
            if (!response.FinalResult.IsSuccess)
            {
                End(new TcpLinkException(TcpLinkReason.Vanished, response.Final));
            }
        }
        catch (ModemException e)
        {
            End(LinkFailure.Of(e));
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await _sender.RunAsync(() => IsAlive).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            End(LinkFailure.Of(e));
        }

        await _sender.CompleteAsync(IsAlive ? null : _failure ?? new TcpLinkException(TcpLinkReason.ClosedByPeer)).ConfigureAwait(false);
    }

    private void End(TcpLinkException? reason)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _failure = reason;
        }

        _input.Reason = reason;
        _inbound.Complete();
        _sender.Stop();
    }
}
