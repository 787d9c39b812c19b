using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem;

/// <summary>
/// A TCP connection of the modem. What is flushed into <see cref="Output"/> goes out in as few <c>AT+CIPSEND</c> as possible; what the
/// peer sends comes out of <see cref="Input"/>. Both brake: a full modem makes the flush wait, an unread pipe closes the TCP window.
/// </summary>
public sealed class Sim800TcpConnection : IDuplexPipe, IAsyncDisposable
{
    private static readonly TimeSpan AcknowledgementInterval = TimeSpan.FromMilliseconds(200);
    private readonly AtChannel _channel;
    private readonly Sim800ModemOptions _options;
    private readonly ILogger _logger;
    private readonly LinkSlot _slot;
    private readonly LinkCommands _commands;
    private readonly LinkSender _sender;
    private readonly LinkReceiver _receiver;
    private readonly PushedData? _pushed;
    private readonly Pipe _outbound;
    private readonly Task _sending;
    private readonly Task<TcpLinkException?> _receiving;
    private int _disposed;

    internal Sim800TcpConnection(AtChannel channel, LinkSlot slot, Sim800ModemOptions options, ILogger logger, string host, int port)
    {
        (_channel, _slot, _options, _logger, Host, Port) = (channel, slot, options, logger, host, port);
        _commands = LinkCommands.Of(slot.Link);

        // The sender runs on inside the caller's flush until it has to wait, one task switch less; the receiver must not run the reader.
        _outbound = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false));
        var inbound = new Pipe(new PipeOptions(
            pauseWriterThreshold: 32768, resumeWriterThreshold: 16384, useSynchronizationContext: false));
        (Input, Output) = (inbound.Reader, _outbound.Writer);
        _sender = new LinkSender(channel, _commands, _outbound.Reader, options);
        _receiver = new LinkReceiver(channel, _commands, inbound.Writer, options);
        _pushed = options.ReceiveMode == ReceiveMode.Push ? new PushedData(inbound.Writer) : null;
        slot.Open(this);
        _receiving = _receiver.RunAsync();
        _sending = SendAsync();
    }

    /// <summary>What the peer sends. Ends after its close; throws <see cref="TcpLinkException"/> when the connection was lost.</summary>
    public PipeReader Input { get; }

    /// <summary>
    /// What the peer gets. A flush ends when there is room for more and throws <see cref="TcpLinkException"/> when the connection was
    /// lost. Completing it sends the rest and leaves <see cref="Input"/> readable.
    /// </summary>
    public PipeWriter Output { get; }

    /// <summary>The peer's host as it was asked for.</summary>
    public string Host { get; }

    /// <summary>The peer's port.</summary>
    public int Port { get; }

    /// <summary>The modem's number of this connection, 0 to 5.</summary>
    public int Link => _slot.Link;

    /// <summary>Bytes that the modem has taken so far.</summary>
    public long SentBytes => _sender.SentBytes;

    /// <summary>Bytes that came from the peer so far.</summary>
    public long ReceivedBytes => _receiver.ReceivedBytes + (_pushed?.ReceivedBytes ?? 0);

    /// <summary>The connection as a stream. Disposing the stream does not close the connection.</summary>
    public Stream AsStream() => new DuplexPipeStream(this);

    /// <summary>Asks the modem what the peer has acknowledged (<c>AT+CIPACK</c>).</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused, did not answer, or is closed.</exception>
    public async Task<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken = default)
    {
        var response = await _channel.SendAsync(_commands.Acknowledged, cancellationToken).ConfigureAwait(false);
        return response.Result.IsSuccess
            ? new TcpAcknowledgement(response.Numbers.First, response.Numbers.Second, response.Numbers.Third)
            : throw AtCommandException.Of(new ModemFailure(ModemStage.Tcp, _commands.Acknowledged, response));
    }

    /// <summary>Sends the rest, waits a moment for the peer to acknowledge it (see <see cref="Sim800ModemOptions.CloseTimeout"/>), and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await Output.CompleteAsync().ConfigureAwait(false);
        using var deadline = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        try
        {
            await _sending.WaitAsync(deadline.Token).ConfigureAwait(false);
            await AwaitAcknowledgementAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ModemException or OperationCanceledException)
        {
            Log.ClosingUnacknowledged(_logger, Link, e.Message);
        }

        await CloseAsync().ConfigureAwait(false);
    }

    internal void OnReadAnnounced(int count, int left) => _receiver.Window.Announce(count, left);

    internal void OnRead(ReadOnlySpan<byte> bytes) => _receiver.Window.Append(bytes);

    internal void OnPushAnnounced(int count) => _pushed?.Announce(count);

    internal void OnPushed(ReadOnlySpan<byte> bytes)
    {
        if (_pushed is not null && !_pushed.TryAppend(bytes))
        {
            OnFailed(new TcpLinkException(TcpLinkReason.ReaderTooSlow));
        }
    }

    internal void OnSlip()
    {
        _receiver.Window.Slip();
        if (_pushed is not null)
        {
            OnFailed(new TcpLinkException(TcpLinkReason.BytesLost));
        }
    }

    internal void OnUrc(in Urc urc)
    {
        switch (urc.Kind)
        {
            case UrcKind.DataPending:
                _receiver.OnDataPending();
                break;
            case UrcKind.Closed or UrcKind.CloseOk:
                _sender.Fail(new TcpLinkException(TcpLinkReason.ClosedByPeer, urc.Text));
                _receiver.OnClosed();
                break;
            case UrcKind.SendFailed:
                OnFailed(new TcpLinkException(TcpLinkReason.SendFailed, urc.Text));
                break;
        }
    }

    internal void OnFailed(TcpLinkException reason)
    {
        _sender.Fail(reason);
        _receiver.OnFailed(reason);
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
            if (failure.Reason != TcpLinkReason.ClosedByPeer)
            {
                _receiver.OnFailed(failure);
            }
        }

        await _outbound.Reader.CompleteAsync(failure).ConfigureAwait(false);
    }

    private async Task AwaitAcknowledgementAsync(CancellationToken cancellationToken)
    {
        while (_receiver.IsOpen && SentBytes > 0
            && (await ReadAcknowledgementAsync(cancellationToken).ConfigureAwait(false)).Unacknowledged > 0)
        {
            await Task.Delay(AcknowledgementInterval, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync()
    {
        var wasOpen = _receiver.IsOpen;
        _receiver.Stop();
        var failure = await _receiving.ConfigureAwait(false);
        _receiver.Dispose();
        var isKnown = wasOpen || failure is { Reason: not (TcpLinkReason.LineClosed or TcpLinkReason.ModemRestarted or TcpLinkReason.ContextDeactivated) };
        if (isKnown && !await TryCloseLinkAsync().ConfigureAwait(false))
        {
            _slot.Abandon();
        }
        else
        {
            _slot.Free();
        }

        Log.Disconnected(_logger, Link, failure?.Message ?? (wasOpen ? "closed here" : "closed by the peer"));
    }

    /// <summary>A refusal is as good as a success: it means that the link is closed already.</summary>
    private async Task<bool> TryCloseLinkAsync()
    {
        try
        {
            await _channel.SendAsync(_commands.Close, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (ModemException e)
        {
            Log.ClosingUnacknowledged(_logger, Link, e.Message);
            return false;
        }
    }
}
