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
    private readonly Pipe _outbound;
    private readonly LinkSender _sender;
    private readonly LinkReceiver _receiver;
    private readonly ReasonedReader _input;
    private readonly PushedData? _pushed;
    private readonly LinkCloser _closer;
    private readonly Task _sending;
    private readonly Task<TcpLinkException?> _receiving;

    internal MultiplexedLink(AtChannel channel, LinkSlot slot, Sim800ModemOptions options, ILogger logger)
    {
        (_slot, _options) = (slot, options);
        var commands = LinkCommands.Of(slot.Link);

        // The sender runs on inside the caller's flush until it has to wait, one task switch less; the receiver must not run the reader.
        // A writer goes on while there is a full block left to send: it fills the next one meanwhile.
        _outbound = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: 4096,
            resumeWriterThreshold: 2 * LinkReceiver.BlockSize,
            useSynchronizationContext: false));
        var inbound = new Pipe(new PipeOptions(
            pauseWriterThreshold: 32768, resumeWriterThreshold: 16384, useSynchronizationContext: false));
        (_input, Output) = (new ReasonedReader(inbound.Reader), _outbound.Writer);
        _sender = new LinkSender(channel, commands, _outbound.Reader, options);
        _pushed = options.ReceiveMode == ReceiveMode.Push ? new PushedData(inbound.Writer) : null;
        _receiver = new LinkReceiver(channel, commands, inbound.Writer, _pushed, options);
        _closer = new LinkCloser(channel, commands, options, logger);
        _receiving = ReceiveAsync(inbound.Writer);
        _sending = SendAsync();
    }

    public PipeReader Input => _input;

    public PipeWriter Output { get; }

    public bool IsAlive => _receiver.IsOpen;

    public long SentBytes => _sender.SentBytes;

    public long ReceivedBytes => _receiver.ReceivedBytes + (_pushed?.ReceivedBytes ?? 0);

    public ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken) =>
        _closer.ReadAcknowledgementAsync(cancellationToken);

    public async ValueTask<TcpLinkException?> CloseAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        await _closer.AwaitDeliveryAsync(_sending, () => IsAlive && SentBytes > 0, deadline.Token).ConfigureAwait(false);
        var wasOpen = IsAlive;
        _sender.Fail(new TcpLinkException(TcpLinkReason.ClosedByPeer));
        _receiver.Stop();
        var failure = await _receiving.ConfigureAwait(false);
        await _sending.ConfigureAwait(false); // before the number is free for another
        if ((wasOpen || IsKnownToModem(failure)) && !await _closer.TryCloseAsync().ConfigureAwait(false))
        {
            _slot.Orphan();
        }
        else
        {
            _slot.Free();
        }

        return failure;
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
            OnFailed(new TcpLinkException(TcpLinkReason.ReaderTooSlow));
        }
    }

    public void OnSlip()
    {
        _receiver.Window.Slip();
        if (_pushed is not null)
        {
            OnFailed(new TcpLinkException(TcpLinkReason.BytesLost));
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
                _receiver.OnClosed(); // first: who sees the failure finds the link no longer open
                _sender.Fail(new TcpLinkException(TcpLinkReason.ClosedByPeer, urc.Text));
                break;
            case UrcKind.SendFailed:
                OnFailed(new TcpLinkException(TcpLinkReason.SendFailed, urc.Text));
                break;
        }
    }

    public void OnFailed(TcpLinkException reason)
    {
        _receiver.OnFailed(reason);
        _sender.Fail(reason);
    }

    private static bool IsKnownToModem(TcpLinkException? failure) => failure is
    {
        Reason: not (TcpLinkReason.LineClosed or TcpLinkReason.ModemRestarted or TcpLinkReason.ContextDeactivated or TcpLinkReason.Vanished)
    };

    private async Task<TcpLinkException?> ReceiveAsync(PipeWriter inbound)
    {
        var failure = await _receiver.RunAsync().ConfigureAwait(false);
        _input.Reason = failure;
        await inbound.CompleteAsync().ConfigureAwait(false);
        return failure;
    }

    private async Task SendAsync()
    {
        TcpLinkException? failure = null;
        try
        {
            await _sender.RunAsync(_receiver.OnSent).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            failure = LinkFailure.Of(e);
            if (failure.Reason == TcpLinkReason.ClosedByPeer)
            {
                _receiver.OnClosed();
            }
            else
            {
                _receiver.OnFailed(failure);
            }
        }

        await _outbound.Reader.CompleteAsync(failure).ConfigureAwait(false);
    }
}
