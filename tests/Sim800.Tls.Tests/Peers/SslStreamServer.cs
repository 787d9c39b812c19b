using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TestKit;

namespace Sim800.Tls.Tests.Peers;

/// <summary>The .NET server at the other end of an in-memory line. Sends back what it receives.</summary>
public sealed class SslStreamServer : IAsyncDisposable
{
    private readonly DuplexPipePair _line;
    private readonly SslStream _stream;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Task _serving;

    private SslStreamServer(SslServerAuthenticationOptions options, DuplexPipePair line)
    {
        _line = line;
        Transport = new CountingTransport(_line.Left);
        _stream = new SslStream(new LineStream(_line.Right));
        _serving = ServeAsync(options);
    }

    /// <summary>The client's end.</summary>
    public CountingTransport Transport { get; }

    public SslStream Stream => _stream;

    /// <summary>What ended the server, or <c>null</c>.</summary>
    public Exception? Failure { get; private set; }

    public static SslStreamServer Start(
        TestAuthority authority, Action<SslServerAuthenticationOptions>? configure = null, DuplexPipePair? line = null)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(authority.Server, [authority.Intermediate], offline: true),
            EnabledSslProtocols = SslProtocols.Tls12,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        configure?.Invoke(options);
        return new SslStreamServer(options, line ?? new DuplexPipePair());
    }

    /// <summary>Sends what nobody asked for.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken); // the client may have an echo whose write has not returned here
        try
        {
            await _stream.WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Ends with close_notify.</summary>
    public Task ShutdownAsync() => _stream.ShutdownAsync();

    /// <summary>Ends as a broken link does.</summary>
    public async Task CutAsync() => await _line.Right.Output.CompleteAsync();

    /// <summary>Waits until the client has ended.</summary>
    public async Task<bool> SawFarewellAsync()
    {
        await _serving.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return Failure is null;
    }

    public async ValueTask DisposeAsync()
    {
        await _line.Left.Output.CompleteAsync();
        await _line.Right.Output.CompleteAsync();
        await _serving;
        await _stream.DisposeAsync();
        _sending.Dispose();
    }

    private async Task ServeAsync(SslServerAuthenticationOptions options)
    {
        try
        {
            var cancel = TestContext.Current.CancellationToken;
            await _stream.AuthenticateAsServerAsync(options, cancel);
            var buffer = new byte[32 * 1024];
            while (await _stream.ReadAsync(buffer, cancel) is > 0 and var length)
            {
                await SendAsync(buffer.AsMemory(0, length), cancel);
            }
        }
        catch (Exception e) when (e is IOException or AuthenticationException or InvalidOperationException or OperationCanceledException)
        {
            Failure = e;
        }
    }
}
