using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Benchmarks.Handshake;

/// <summary>SslStream as server, on a thread of its own for each connection: a handshake and one message, which it sends back.</summary>
internal sealed class EchoServer
{
    private readonly SslServerAuthenticationOptions _options;

    internal EchoServer(RsaChain chain, HandshakeKind kind) => _options = new SslServerAuthenticationOptions
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(chain.Server, [chain.Intermediate], offline: true),
        EnabledSslProtocols = kind.IsTls13() ? SslProtocols.Tls13 : SslProtocols.Tls12,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        AllowTlsResume = kind.IsResumed(),
    };

    /// <summary>Serves one connection; the thread ends after its message.</summary>
    internal Thread Serve(LineEnd line)
    {
        var thread = new Thread(() => Run(line)) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Run(LineEnd line)
    {
        try
        {
            using var stream = new SslStream(line);
            stream.AuthenticateAsServer(_options);
            var buffer = new byte[1024];
            var length = stream.Read(buffer);
            stream.Write(buffer.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            line.End(); // the client finds out and tells
        }
    }
}
