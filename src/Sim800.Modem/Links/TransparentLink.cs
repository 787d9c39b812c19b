using System.IO.Pipelines;
using System.Text;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.BringUp;

namespace Sim800.Modem.Links;

/// <summary>
/// The transparent link: what is written to the line goes to the peer and back. The modem's own words come within the data;
/// commands are possible again only after the escape, and data again after the return to it.
/// </summary>
internal sealed class TransparentLink : TcpLink, IReceivedBytes
{
    private const int Attempts = 3;
    private static readonly TimeSpan HalfWord = TimeSpan.FromMilliseconds(150);
    private readonly Gate _gate = new();
    private readonly AtChannel _channel;
    private readonly LinkSlot _slot;
    private readonly ModemOptions _options;
    private readonly LinkCloser _closer;
    private readonly CommandModeSwitch _switch;
    private readonly TransparentSender _sender;
    private readonly TransparentStream _stream;
    private readonly AtCommand _returnToData;
    private readonly ITimer _silence;
    private readonly Task _sending;
    private TaskCompletionSource<bool> _commandMode = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasPaused;
    private bool _isSuspended;

    internal TransparentLink(
        AtChannel channel, ITransparentDialect dialect, LinkSlot slot, CommandModeSwitch commandMode, ModemOptions options, ILogger logger)
        : base(outbound: (8192, 4096), inbound: (1 << 20, 1 << 19))
    {
        (_channel, _slot, _switch, _options) = (channel, slot, commandMode, options);
        (_stream, _returnToData) = (new TransparentStream(dialect.TransparentNotices), dialect.ReturnToData);
        _closer = new LinkCloser(channel, dialect.OfTransparent, options, logger);
        _silence = options.TimeProvider.CreateTimer(
            static self => ((TransparentLink)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sender = new TransparentSender(channel, commandMode, Outbound, End, options);
        _sending = _sender.RunAsync();
    }

    internal override long SentBytes => _sender.SentBytes;

    internal override long ReceivedBytes => _stream.GivenBytes;

    internal override IReceivedBytes Received => this;

    /// <summary>Leaves the data for the question and returns to it: two seconds in which nothing is sent.</summary>
    internal override async ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken)
    {
        using (await _sender.PauseAsync(cancellationToken).ConfigureAwait(false))
        {
            if (End.HasEnded || !await TryLeaveDataAsync().ConfigureAwait(false))
            {
                throw End.Reason!;
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

    internal override ValueTask CloseAsync() => _slot.LeaveAsync(LeaveAsync);

    private async Task LeaveAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        await _closer.AwaitDeliveryAsync(_sending, () => false, deadline.Token).ConfigureAwait(false);
        _sender.Stop();
        await _sending.ConfigureAwait(false);
        if (_channel.IsInDataMode && await TryLeaveDataAsync().ConfigureAwait(false))
        {
            await _closer.AwaitDeliveryAsync(_sending, () => !End.HasEnded && SentBytes > 0, deadline.Token).ConfigureAwait(false);
            await _closer.TryCloseAsync().ConfigureAwait(false);
        }

        End.TryEnd(new TcpLinkException(TcpLinkReason.Disposed));
        await _sender.CompleteAsync().ConfigureAwait(false);
        await _silence.DisposeAsync().ConfigureAwait(false);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _hasPaused = false;
            _stream.Feed(bytes, Target);
            Arm();
        }

        Flush();
    }

    /// <summary>Result codes come only in command mode. An unknown line there is data that the modem did not hold back: bytes are lost.</summary>
    internal override void OnUrc(in Urc urc)
    {
        if (urc.Kind is UrcKind.Closed or UrcKind.CloseOk)
        {
            End.TryEnd(new TcpLinkException(TcpLinkReason.ClosedByPeer, urc.Text));
        }
        else if (urc.Kind == UrcKind.Unknown && Volatile.Read(ref _isSuspended))
        {
            End.TryEnd(new TcpLinkException(TcpLinkReason.BytesLost));
        }
    }

    /// <summary>After the end data is discarded; the modem's notices are recognised all the same.</summary>
    private PipeWriter? Target => End.HasEnded ? null : Inbound;

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
                End.TryEnd(new TcpLinkException(TcpLinkReason.ClosedByPeer, Encoding.ASCII.GetString(_stream.Said.Span).Trim()));
                break;
            case TransparentWord.Notice:
                _channel.Hear(_stream.Said); // the supervision of the modem ends this link for the more precise reason
                End.TryEnd(new TcpLinkException(TcpLinkReason.Vanished));
                break;
        }
    }

    /// <summary>Runs in the read loop, so it never waits. Transparent data has no flow control: when the pipe is full the link has to end.</summary>
    private void Flush()
    {
        bool isTaken;
        lock (_gate)
        {
            isTaken = Target is not { } target || PushedData.TryFlush(target);
        }

        if (!isTaken)
        {
            End.TryEnd(new TcpLinkException(TcpLinkReason.ReaderTooSlow));
        }
    }

    /// <returns>Whether the modem is in command mode with the link still open. If it did not answer, the next connection resynchronises first.</returns>
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
            End.TryEnd(LinkFailure.Of(e));
        }

        if (_channel.IsInDataMode)
        {
            _channel.LeaveDataMode(isConfirmed: false);
        }

        End.TryEnd(new TcpLinkException(TcpLinkReason.NoAnswer));
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
            var response = await _channel.SendAsync(_returnToData, CancellationToken.None).ConfigureAwait(false);
            if (!response.FinalResult.IsSuccess)
            {
                End.TryEnd(new TcpLinkException(TcpLinkReason.Vanished, response.Final));
            }
        }
        catch (ModemException e)
        {
            End.TryEnd(LinkFailure.Of(e));
        }
    }

    protected override void OnEnded()
    {
        lock (_gate)
        {
            Inbound.Complete(); // not while the read loop writes into it
        }

        _sender.OnEnded();
    }
}
