using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls;
using Sim800.Tls.Certificates;

namespace Sim800.Benchmarks.Handshake;

/// <summary>SslStream that trusts the root, by one of three judges.</summary>
internal sealed class SslStreamClient(RsaChain chain, HandshakeKind kind, SslStreamJudge judge) : IClient
{
    private readonly byte[] _echo = new byte[1024];
    private readonly TlsTrust _trust = TlsTrust.FromCertificates([chain.Root]);
    private readonly TlsTrust _nobody = TlsTrust.PinnedCertificate(chain.Root);

    public string Name => "SslStream, " + judge switch
    {
        SslStreamJudge.ChainAlone => "X509Chain alone",
        SslStreamJudge.Rules => HandshakeTable.Reference,
        _ => "validator in its callback",
    };

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
        // A validator that builds its path itself needs none from SslStream, which builds one all the same: to nobody, the cheapest.
        var policy = CertificatePathBuilder.FirstPolicy(judge == SslStreamJudge.Validator ? _nobody : _trust, DateTimeOffset.UtcNow);
        return new()
        {
            TargetHost = RsaChain.ServerName,
            EnabledSslProtocols = kind.IsTls13() ? SslProtocols.Tls13 : SslProtocols.Tls12,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = judge == SslStreamJudge.ChainAlone ? null : (_, leaf, built, _) => Validate(leaf!, built!),
        };
    }

    private bool Validate(X509Certificate leaf, X509Chain built)
    {
        var server = leaf.GetRawCertData();
        byte[][] sent = [server, .. built.ChainPolicy.ExtraStore.Select(other => other.RawData).Where(other => !other.AsSpan().SequenceEqual(server))];
        new CertificateValidator(_trust, DateTimeOffset.UtcNow).Validate(sent, RsaChain.ServerName, Reading((X509Certificate2)leaf, built));
        return true;
    }

    private PlatformReading Reading(X509Certificate2 leaf, X509Chain built) =>
        new([leaf, .. built.ChainPolicy.ExtraStore], judge == SslStreamJudge.Rules ? built : null);

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

/// <summary>Who judges the server's certificate.</summary>
internal enum SslStreamJudge
{
    /// <summary>X509Chain and the name: less than this library demands.</summary>
    ChainAlone,

    /// <summary>This library's rules on the path that SslStream has built: the cheapest way to the same verdict.</summary>
    Rules,

    /// <summary>This library's validator, which builds a path of its own, as one that knows nothing of SslStream has to.</summary>
    Validator,
}
