using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls;
using Sim800.Tls.Certificates;

namespace Sim800.Benchmarks.Handshake;

/// <summary>SslStream that trusts the root: by X509Chain alone, or with the verdict of this library's validator besides.</summary>
internal sealed class SslStreamClient(RsaChain chain, HandshakeKind kind, bool withValidator) : IClient
{
    private readonly byte[] _echo = new byte[1024];
    private readonly TlsTrust _trust = TlsTrust.FromCertificates([chain.Root]);

    public string Name => withValidator ? "SslStream, same validation" : "SslStream, X509Chain alone";

    public bool Supports(HandshakeKind kind) => true;

#pragma warning disable VSTHRD002 // the line waits on this very thread, so that every task has ended when it is returned
    public IConnected Connect(LineEnd line, ReadOnlyMemory<byte> message) => ConnectAsync(line, message).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private async Task<IConnected> ConnectAsync(LineEnd line, ReadOnlyMemory<byte> message)
    {
        var stream = new SslStream(line);
        await stream.AuthenticateAsClientAsync(CreateOptions());
        await stream.WriteAsync(message);
        await stream.ReadExactlyAsync(_echo.AsMemory(0, message.Length));
        return new Connection(stream);
    }

    private SslClientAuthenticationOptions CreateOptions()
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        };
        if (!withValidator)
        {
            policy.CustomTrustStore.Add(chain.Root);
        }

        return new()
        {
            TargetHost = RsaChain.ServerName,
            EnabledSslProtocols = kind.IsTls13() ? SslProtocols.Tls13 : SslProtocols.Tls12,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = withValidator ? (_, leaf, built, _) => Validate(leaf!, built!) : null,
        };
    }

    private bool Validate(X509Certificate leaf, X509Chain built)
    {
        var server = leaf.GetRawCertData();
        byte[][] sent = [server, .. built.ChainPolicy.ExtraStore.Select(other => other.RawData).Where(other => !other.AsSpan().SequenceEqual(server))];
        new CertificateValidator(_trust, DateTimeOffset.UtcNow).Validate(sent, RsaChain.ServerName, [(X509Certificate2)leaf, .. built.ChainPolicy.ExtraStore]);
        return true;
    }

    private sealed class Connection(SslStream stream) : IConnected
    {
        private readonly byte[] _buffer = new byte[5];
        private Task? _reading;

        public void StartRead() => _reading = stream.ReadAsync(_buffer).AsTask();

        public void Close()
        {
            stream.Dispose();
            GC.KeepAlive(_reading);
        }
    }
}
