using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Pipes;

namespace Sim800.Modem.Links;

/// <summary>One of the six links of CIPMUX=1: a sender, a receiver, and the ways in which both end.</summary>
internal sealed class MultiplexedLink : ILink
{
    private readonly LinkSlot _slot;
    private readonly Sim800ModemOptions _options;
    private readonly LinkSender _sender;
    private readonly LinkReceiver _receiver;
    private readonly LinkWriter _output;
    private readonly PushedData? _pushed;
    private readonly LinkCloser _closer;
    private readonly Task _sending;
    private readonly Task _receiving;

    internal MultiplexedLink(AtChannel channel, LinkSlot slot, Sim800ModemOptions options, ILogger logger)
    {
        (_slot, _options) = (slot, options);
        var commands = LinkCommands.Of(slot.Link);

        // The sender runs on inside the caller's flush until it has to wait, one task switch less; the receiver must not run the reader.
        // A writer goes on while there is a full block left to send: it fills the next one meanwhile.
        var outbound = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: 4096,
            resumeWriterThreshold: 2 * ReadWindow.Size,
            useSynchronizationContext: false));
        var inbound = new Pipe(new PipeOptions(
            pauseWriterThreshold: 32768, resumeWriterThreshold: 16384, useSynchronizationContext: false));
        End = new LinkEnd(OnEnded);
        Input = new ReasonedReader(inbound.Reader, () => End.OfReader);
        _output = new LinkWriter(outbound.Writer, End);
        _sender = new LinkSender(channel, commands, outbound.Reader, End, options);
        _pushed = options.ReceiveMode == ReceiveMode.Push ? new PushedData(inbound.Writer) : null;
        _receiver = new LinkReceiver(channel, commands, inbound.Writer, _pushed, End, options);
        _closer = new LinkCloser(channel, commands, options, logger);
        _receiving = _receiver.RunAsync();
        _sending = _sender.RunAsync(_receiver.OnSent);
    }

    public PipeReader Input { get; }

    public PipeWriter Output => _output;

    public LinkEnd End { get; }

    public long SentBytes => _sender.SentBytes;

    public long ReceivedBytes => _receiver.ReceivedBytes + (_pushed?.ReceivedBytes ?? 0);

    public ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken) =>
        _closer.ReadAcknowledgementAsync(cancellationToken);

    public async ValueTask CloseAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        await _closer.AwaitDeliveryAsync(_sending, () => !End.HasEnded && SentBytes > 0, deadline.Token).ConfigureAwait(false);
        End.TryEnd(new TcpLinkException(TcpLinkReason.Disposed));
        _receiver.Stop();
        await _receiving.ConfigureAwait(false);
        await _sending.ConfigureAwait(false); // before the number is free for another
        if (End.LeavesLinkOpen && !await _closer.TryCloseAsync().ConfigureAwait(false))
        {
            _slot.Orphan();
        }
        else
        {
            _slot.Free();
        }
    }

    public void OnReadAnnounced(int count, int left) => _receiver.Window.Announce(count, left);

    public void OnPushAnnounced(int count) => _pushed?.Announce(count);

    public void OnData(ReadOnlySpan<byte> bytes)
    {
        if (_pushed is null)
        {
            _receiver.Window.Append(bytes);
        }
        else if (!_pushed.TryAppend(bytes))
        {
            End.TryEnd(new TcpLinkException(TcpLinkReason.ReaderTooSlow));
        }
    }

    public void OnSlip()
    {
        _receiver.Window.Slip();
        if (_pushed is not null)
        {
            End.TryEnd(new TcpLinkException(TcpLinkReason.BytesLost));
        }
    }

    public void OnUrc(in Urc urc)
    {
        switch (urc.Kind)
        {
            case UrcKind.DataPending:
                _receiver.OnDataPending();
                break;
            case UrcKind.Closed or UrcKind.CloseOk:
                End.TryEnd(new TcpLinkException(TcpLinkReason.ClosedByPeer, urc.Text));
                break;
            case UrcKind.SendFailed:
                End.TryEnd(new TcpLinkException(TcpLinkReason.SendFailed, urc.Text));
                break;
        }
    }

    private void OnEnded()
    {
        _output.CancelPendingFlush();
        _sender.OnEnded();
        _receiver.OnEnded();
    }
}
