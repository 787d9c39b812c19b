using System.IO.Pipelines;
using Sim800.Pipes;
using Sim800.Tls.Engines;
using Sim800.Tls.Pipes;

namespace Sim800.Tls;

/// <summary>
/// TLS over any duplex pipe, and itself a duplex pipe. It has no task of its own: a flush of <see cref="Output"/> encrypts
/// into the transport and flushes that once, a read of <see cref="Input"/> decrypts what the transport gives.
/// </summary>
/// <remarks>
/// Where the protocol allows it (a resumed TLS 1.2 session, TLS 1.3) the last flight of the handshake is held back until the
/// first flush or the first read that has to wait, and shares its transport flush. So flush first, then read. One reader and
/// one writer may work at the same time.
/// </remarks>
/// <example>
/// <code>
/// var options = new TlsClientOptions { ServerName = "broker.example.com", Trust = TlsTrust.FromPemFile("ca.pem") };
/// await using var tls = await TlsConnection.ConnectAsync(transport, options);
/// await tls.Output.WriteAsync("hello"u8.ToArray());
/// </code>
/// </example>
public sealed class TlsConnection : IDuplexPipe, IAsyncDisposable
{
    private readonly IDuplexPipe _transport;
    private readonly TlsClientOptions _options;
    private readonly EngineDriver _driver;
    private int _disposed;

    internal TlsConnection(IDuplexPipe transport, TlsClientOptions options, EngineDriver driver, NegotiatedParameters negotiated)
    {
        _transport = transport;
        _options = options;
        _driver = driver;
        Input = new TlsPipeReader(driver);
        Output = new TlsPipeWriter(driver);
        Info = new TlsConnectionInfo(driver, options, negotiated);
    }

    /// <summary>
    /// What the server sends. A read throws a <see cref="TlsException"/> when the connection fails or ends without
    /// close_notify, and what the transport throws when that fails; after close_notify it is completed.
    /// </summary>
    public PipeReader Input { get; }

    /// <summary>
    /// What the server gets, at the next flush. A flush throws <see cref="TlsClosedException"/> when the connection is over.
    /// </summary>
    public PipeWriter Output { get; }

    /// <summary>What was agreed on, and how much has travelled.</summary>
    public TlsConnectionInfo Info { get; }

    /// <summary>Makes the handshake over <paramref name="transport"/>.</summary>
    /// <param name="transport">
    /// Belongs to the connection once this has succeeded, and is disposed with it if it is disposable. When this fails it is
    /// still the caller's, and of no more use.
    /// </param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">An option is out of range or not to be had with the engine.</exception>
    /// <exception cref="TlsAlertException">The server refused.</exception>
    /// <exception cref="TlsCertificateException">The server's certificate is not to be trusted, or the clock is not set.</exception>
    /// <exception cref="TlsProtocolException">The server, or something between, broke the protocol.</exception>
    /// <exception cref="TlsClosedException">The server closed the connection.</exception>
    /// <exception cref="TlsTimeoutException">The handshake took longer than <see cref="TlsClientOptions.HandshakeTimeout"/>.</exception>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellationToken"/>.</exception>
    public static Task<TlsConnection> ConnectAsync(
        IDuplexPipe transport, TlsClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new Connector(transport, options).ConnectAsync(cancellationToken);
    }

    /// <summary>This connection as a stream; every write to it is flushed.</summary>
    /// <param name="leaveOpen">
    /// Whether the connection outlives the stream. Otherwise disposing the stream disposes it, as with a socket's stream: what MQTTnet and
    /// other owners of streams rely on. <see cref="Stream.Dispose()"/> does not wait for the end of that, <see cref="Stream.DisposeAsync"/> does.
    /// </param>
    public Stream AsStream(bool leaveOpen = false) => new DuplexPipeStream(this, leaveOpen ? null : this);

    /// <summary>
    /// Sends close_notify if the transport takes it within <see cref="TlsClientOptions.CloseTimeout"/>, and disposes the
    /// transport.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _driver.CloseAsync().ConfigureAwait(false);
        _driver.CancelPendingReceive(); // a read that still waits ends with the reason, not with the fate of the transport
        await Output.CompleteAsync().ConfigureAwait(false);
        await _transport.Output.CompleteAsync().ConfigureAwait(false);
        await _transport.Input.CompleteAsync().ConfigureAwait(false);
        if (_transport is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }

        _driver.Dispose();
    }
}
