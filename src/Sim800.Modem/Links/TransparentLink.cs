using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>
/// The one link of CIPMODE=1: what is written to the line goes to the peer and back. The modem's own words come within the data;
/// commands are possible again only after the escape (a second of silence, <c>+++</c>, a second of silence).
/// </summary>
internal sealed class TransparentLink : ILink
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(1.1);
    private static readonly TimeSpan HalfWord = TimeSpan.FromMilliseconds(150);
    private static readonly ReadOnlySequence<byte> Escape = new("+++"u8.ToArray());
    private readonly Gate _gate = new();
    private readonly AtChannel _channel;
    private readonly LinkSlot _slot;
    private readonly Sim800ModemOptions _options;
    private readonly LinkCloser _closer;
    private readonly TransparentStream _stream = new();
    private readonly TaskCompletionSource _escaped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pipe _outbound;
    private readonly PipeWriter _inbound;
    private readonly ITimer _silence;
    private readonly Task _sending;
    private TcpLinkException? _failure;
    private bool _ended;

    internal TransparentLink(AtChannel channel, LinkSlot slot, Sim800ModemOptions options, ILogger logger)
    {
        (_channel, _slot, _options) = (channel, slot, options);
        _closer = new LinkCloser(channel, LinkCommands.Single, options, logger);
        _silence = options.TimeProvider.CreateTimer(
            static self => ((TransparentLink)self!).OnSilence(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _outbound = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 8192, resumeWriterThreshold: 4096, useSynchronizationContext: false));
        var inbound = new Pipe(new PipeOptions(
            pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
        (Input, Output, _inbound) = (inbound.Reader, _outbound.Writer, inbound.Writer);
        _sending = SendAsync();
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public bool IsAlive => !Volatile.Read(ref _ended);

    public long SentBytes { get; private set; }

    public long ReceivedBytes { get; private set; }

    public ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A transparent connection leaves no room for AT+CIPACK.");

    public async ValueTask<TcpLinkException?> CloseAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        await _closer.AwaitDeliveryAsync(_sending, () => false, deadline.Token).ConfigureAwait(false);
        if (IsAlive)
        {
            await EscapeAsync().ConfigureAwait(false);
            await _closer.AwaitDeliveryAsync(_sending, () => SentBytes > 0, deadline.Token).ConfigureAwait(false);
            await _closer.TryCloseAsync().ConfigureAwait(false);
        }

        End(null);
        await _silence.DisposeAsync().ConfigureAwait(false);
        _slot.Free();
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
            if (_ended)
            {
                return;
            }

            ReceivedBytes += bytes.Length;
            _stream.Feed(bytes, _inbound);
            _silence.Change(!_stream.IsHolding ? Timeout.InfiniteTimeSpan : _stream.HoldsWord ? Guard : HalfWord, Timeout.InfiniteTimeSpan);
        }

        Flush();
    }

    public void OnSlip()
    {
        // nothing is counted here
    }

    public void OnUrc(in Urc urc)
    {
        // lines are not recognised here
    }

    public void OnFailed(TcpLinkException reason) => End(reason);

    private void OnSilence()
    {
        TransparentWord word;
        lock (_gate)
        {
            word = _ended ? TransparentWord.None : _stream.OnSilence(_inbound);
        }

        switch (word)
        {
            case TransparentWord.None:
                Flush();
                break;
            case TransparentWord.Ok:
                _escaped.TrySetResult();
                break;
            case TransparentWord.Closed:
                _channel.LeaveDataMode(isConfirmed: true);
                End(null);
                break;
            default:
                _channel.LeaveDataMode(isConfirmed: true);
                End(new TcpLinkException(TcpLinkReason.ContextDeactivated, "+PDP: DEACT"));
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

    private async Task EscapeAsync()
    {
        lock (_gate)
        {
            _stream.ExpectsOk = true;
        }

        await Task.Delay(Guard, _options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        await _channel.WriteRawAsync(Escape, CancellationToken.None).ConfigureAwait(false);
        var isConfirmed = await Task.WhenAny(
            _escaped.Task, Task.Delay(4 * Guard, _options.TimeProvider, CancellationToken.None)).ConfigureAwait(false) == _escaped.Task;
        _channel.LeaveDataMode(isConfirmed);
    }

    /// <summary>Three pluses alone between two silences would be the escape: with a pause among them they are data.</summary>
    private async Task WriteAsync(ReadOnlySequence<byte> block)
    {
        if (block.Length == 3 && block.ToArray() is [(byte)'+', (byte)'+', (byte)'+'])
        {
            await _channel.WriteRawAsync(block.Slice(0, 2), CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(2 * Guard, _options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
            block = block.Slice(2);
        }

        await _channel.WriteRawAsync(block, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task SendAsync()
    {
        TcpLinkException? failure = null;
        try
        {
            while (true)
            {
                var result = await _outbound.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
                if (!IsAlive || (result.IsCompleted && result.Buffer.IsEmpty))
                {
                    failure = IsAlive ? null : _failure ?? new TcpLinkException(TcpLinkReason.ClosedByPeer);
                    break;
                }

                await WriteAsync(result.Buffer).ConfigureAwait(false);
                SentBytes += result.Buffer.Length;
                _outbound.Reader.AdvanceTo(result.Buffer.End);
            }
        }
        catch (IOException e)
        {
            failure = LinkFailure.Of(e);
            End(failure);
        }

        await _outbound.Reader.CompleteAsync(failure).ConfigureAwait(false);
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

        _inbound.Complete(reason);
        _outbound.Reader.CancelPendingRead();
    }
}
