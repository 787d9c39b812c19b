using Microsoft.Extensions.Logging;
using Sim800.Modem.At;

namespace Sim800.Modem.Links;

/// <summary>One of several links: a sender that hands its bytes to the modem and a receiver that fetches what has come.</summary>
internal sealed class MultiplexedLink : TcpLink
{
    private readonly LinkSlot _slot;
    private readonly ModemOptions _options;
    private readonly bool _outlivesPeer;
    private readonly LinkSender _sender;
    private readonly LinkReceiver _receiver;
    private readonly PushedData? _pushed;
    private readonly LinkCloser _closer;
    private readonly Task _sending;
    private readonly Task _receiving;

    /// <summary>A writer goes on while there is a full block left to send: it fills the next one meanwhile.</summary>
    internal MultiplexedLink(AtChannel channel, LinkCommands commands, LinkSlot slot, ModemOptions options, ILogger logger)
        : base(outbound: (4096, 2 * commands.ReadSize), inbound: (32768, 16384))
    {
        (_slot, _options, _outlivesPeer) = (slot, options, commands.OutlivesPeer);
        _sender = new LinkSender(channel, commands, Outbound, End, options);
        _pushed = options.ReceiveMode == ModemReceiveMode.Push ? new PushedData(Inbound, End) : null;
        _receiver = new LinkReceiver(channel, commands, Inbound, _pushed, End, options);
        _closer = new LinkCloser(channel, commands, options, logger);
        _receiving = _receiver.RunAsync();
        _sending = _sender.RunAsync(_receiver.OnSent, _receiver.CatchUpAsync);
    }

    internal override Func<bool>? AwaitsAnswer
    {
        get => _receiver.AwaitsAnswer;
        set => _receiver.AwaitsAnswer = value;
    }

    internal override long SentBytes => _sender.SentBytes;

    internal override long Sends => _sender.Sends;

    internal override long ReceivedBytes => _receiver.ReceivedBytes + (_pushed?.ReceivedBytes ?? 0);

    internal override IReceivedBytes Received => (IReceivedBytes?)_pushed ?? _receiver.Window;

    internal override ValueTask<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken) =>
        _closer.ReadAcknowledgementAsync(cancellationToken);

    internal override async ValueTask CloseAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        await _closer.AwaitDeliveryAsync(_sending, () => !End.HasEnded && SentBytes > 0, deadline.Token).ConfigureAwait(false);
        End.TryEnd(new TcpLinkException(TcpLinkReason.Disposed));
        _receiver.Stop();
        await _receiving.ConfigureAwait(false);
        await _sending.ConfigureAwait(false); // before the number is free for another
        if ((End.LeavesLinkOpen || (_outlivesPeer && End.Reason is { Reason: TcpLinkReason.ClosedByPeer })) && !await _closer.TryCloseAsync().ConfigureAwait(false))
        {
            _slot.Orphan();
        }
        else
        {
            _slot.Free();
        }
    }

    internal override void OnUrc(in Urc urc)
    {
        switch (urc.Kind)
        {
            case UrcKind.DataPending:
                _receiver.OnDataPending();
                break;
            case UrcKind.DataAccepted:
                _sender.OnLateAcceptance();
                break;
            case UrcKind.Closed or UrcKind.CloseOk:
                End.TryEnd(new TcpLinkException(TcpLinkReason.ClosedByPeer, urc.Text));
                break;
            case UrcKind.SendFailed:
                End.TryEnd(new TcpLinkException(TcpLinkReason.SendFailed, urc.Text));
                break;
        }
    }

    protected override void OnEnded()
    {
        _sender.OnEnded();
        _receiver.OnEnded();
    }
}
