using System.IO.Pipelines;
using Sim800.Modem.Links;
using Sim800.Pipes;

namespace Sim800.Modem;

/// <summary>
/// A TCP connection of the modem. What is flushed into <see cref="Output"/> is sent in as few commands as possible; what the peer sends is
/// read from <see cref="Input"/>. Back-pressure applies both ways: a flush waits while the modem's send buffer is full, and an unread
/// <see cref="Input"/> closes the TCP window. Both throw the same <see cref="TcpLinkException"/> once the connection was lost.
/// </summary>
/// <example>
/// <code>
/// await using var modem = await CellularModem.OpenAsync("/dev/ttyUSB0", new ModemOptions { Apn = "internet" });
/// await using var link = await modem.ConnectTcpAsync("example.com", 80);
/// await link.Output.WriteAsync("GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n"u8.ToArray());
/// var answer = await link.Input.ReadAsync();
/// link.Input.AdvanceTo(answer.Buffer.End);
/// </code>
/// </example>
public sealed class ModemTcpConnection : IDuplexPipe, IAsyncDisposable
{
    private readonly TcpLink _link;
    private readonly Action<ModemTcpConnection, TcpLinkException?> _onClosed;

    internal ModemTcpConnection(
        TcpLink link, int number, string host, int port, Action<ModemTcpConnection, TcpLinkException?> onClosed) =>
        (_link, Link, Host, Port, _onClosed) = (link, number, host, port, onClosed);

    /// <summary>
    /// What the peer sends. Completes after the peer's close; throws <see cref="TcpLinkException"/> when the connection was lost or disposed,
    /// after the last byte received.
    /// </summary>
    public PipeReader Input => _link.Input;

    /// <summary>
    /// What is sent to the peer. A flush completes when there is room for more; it throws <see cref="TcpLinkException"/> as soon as the
    /// connection was closed, lost or disposed, a pending one too. Completing it sends the rest and leaves <see cref="Input"/> readable: the
    /// modem cannot close one direction alone, so the peer sees the end with <see cref="DisposeAsync"/>.
    /// </summary>
    public PipeWriter Output => _link.Output;

    /// <summary>The peer's host as it was asked for.</summary>
    public string Host { get; }

    /// <summary>The peer's port.</summary>
    public int Port { get; }

    /// <summary>The modem's number of this connection, 0 to 5.</summary>
    public int Link { get; }

    /// <summary>Bytes that the modem has taken so far.</summary>
    public long SentBytes => _link.SentBytes;

    /// <summary>How many <c>AT+CIPSEND</c> were given for them so far; 0 in transparent mode, which needs none.</summary>
    public long Sends => _link.Sends;

    /// <summary>Bytes that came from the peer so far.</summary>
    public long ReceivedBytes => _link.ReceivedBytes;

    /// <summary>Whether the modem still holds the connection open, as far as is known without asking.</summary>
    public bool IsOpen => _link.End.IsOpen;

    /// <summary>
    /// Tells whether the peer owes an answer to what was written; <c>null</c>, the default, when that is not known. The modem announces received bytes once,
    /// and that line can be lost: while an answer may be owed the modem is asked after each silent second, for up to 30 s behind a write, and otherwise
    /// every six seconds. Called from the connection's own loops at any time: it must neither wait nor throw.
    /// </summary>
    public Func<bool>? AwaitsAnswer
    {
        get => _link.AwaitsAnswer;
        set => _link.AwaitsAnswer = value;
    }

    /// <summary>The connection as a stream; every write to it is flushed.</summary>
    /// <param name="leaveOpen">
    /// Whether the connection outlives the stream. Otherwise disposing the stream closes it, as with a socket's stream: what <c>HttpClient</c>
    /// and other owners of streams rely on. <see cref="Stream.Dispose()"/> does not wait for the end of that, <see cref="Stream.DisposeAsync"/> does.
    /// </param>
    public Stream AsStream(bool leaveOpen = false) => new DuplexPipeStream(this, leaveOpen ? null : this);

    /// <summary>
    /// Asks the modem what the peer has acknowledged (<c>AT+CIPACK</c>). A transparent connection leaves the data for the question and
    /// returns (<c>ATO</c>): writes wait meanwhile, for two seconds or more.
    /// </summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ModemException">The modem refused, did not answer, or is closed.</exception>
    public Task<TcpAcknowledgement> ReadAcknowledgementAsync(CancellationToken cancellationToken = default) =>
        _link.ReadAcknowledgementAsync(cancellationToken).AsTask();

    /// <summary>Sends the rest, waits a moment for the peer to acknowledge it (see <see cref="ModemOptions.CloseTimeout"/>), and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_link.End.TryBeginClose())
        {
            await _link.CloseAsync().ConfigureAwait(false);
            _onClosed(this, _link.End.Failure);
        }
    }
}
