using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.Platform;

/// <summary>SslStream's handshake, its options and its outcome.</summary>
internal sealed class PlatformHandshake(SslStream ssl, HandshakeSettings settings, string serverName)
{
    private readonly HandshakeLimits _limits = new();
    private readonly HelloWatch _hello = new();
    private NegotiatedParameters? _negotiated;
    private TlsException? _refusal;
    private IReadOnlyList<byte[]> _serverCertificates = [];
    private bool _isEncrypted;

    private string? ApplicationProtocol =>
        ssl.NegotiatedApplicationProtocol is { Protocol.Length: > 0 } protocol ? protocol.ToString() : null;

    internal NegotiatedParameters Negotiated => _negotiated ?? throw new InvalidOperationException("The handshake is not complete.");

    internal RecordStage Stage => _limits.Stage;

    /// <exception cref="TlsException">The server's certificate, or what it chose, is refused.</exception>
    internal async Task RunAsync()
    {
        try
        {
            await ssl.AuthenticateAsClientAsync(CreateOptions(), CancellationToken.None).ConfigureAwait(false);
        }
        catch (AuthenticationException) when (_refusal is not null)
        {
            throw _refusal;
        }

        if (!CipherSuites.IsAcceptable(ssl.NegotiatedCipherSuite))
        {
            throw new TlsProtocolException(TlsViolation.NoCommonParameters, TlsAlert.InsufficientSecurity);
        }

        if (ApplicationProtocol is { } protocol && !settings.ApplicationProtocols.Contains(protocol, StringComparer.Ordinal))
        {
            throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
        }

        _negotiated = Describe();
    }

    /// <param name="record">What SslStream sends first.</param>
    internal void OnClientHello(ReadOnlySpan<byte> record) => _hello.OnClientHello(record);

    /// <summary>Looks at a record before SslStream gets it; an alert in the clear needs no SslStream to be understood.</summary>
    internal void Check(RecordHeader header, in ReadOnlySequence<byte> fragment)
    {
        _limits.Check(header, fragment);
        _isEncrypted |= header.Type is ContentType.ChangeCipherSpec or ContentType.ApplicationData;
        if (header.Type == ContentType.Handshake && !_isEncrypted)
        {
            CheckHello(fragment);
        }

        if (header.Type == ContentType.Alert && !_isEncrypted && AlertRecord.Read(fragment.ToArray()) is var alert)
        {
            if (alert.Description == TlsAlert.CloseNotify)
            {
                throw new TlsClosedException(TlsCloseReason.DuringHandshake);
            }

            if (!alert.IsWarning)
            {
                throw new TlsAlertException(alert.Description, duringHandshake: true);
            }
        }
    }

    private void CheckHello(in ReadOnlySequence<byte> fragment)
    {
        _hello.OnRecord(fragment);
        if (_hello.LacksExtendedMasterSecret && settings.RequireExtendedMasterSecret)
        {
            throw new TlsProtocolException(TlsViolation.NoExtendedMasterSecret, TlsAlert.HandshakeFailure);
        }
    }

    private NegotiatedParameters Describe() => new()
    {
        Protocol = ssl.SslProtocol,
        CipherSuite = ssl.NegotiatedCipherSuite,
        ApplicationProtocol = ApplicationProtocol,
        IsResumed = ssl.SslProtocol == SslProtocols.Tls12 && !_limits.SawCertificate,
        ExtendedMasterSecret = ssl.SslProtocol == SslProtocols.Tls13 || _hello.HasExtendedMasterSecret,
        ServerCertificates = _serverCertificates,
    };

    private SslClientAuthenticationOptions CreateOptions() => new()
    {
        TargetHost = serverName,

        // No CipherSuitesPolicy: it would turn resumption off. IsAcceptable judges the result.
        EnabledSslProtocols = settings.AllowTls13 ? SslProtocols.Tls12 | SslProtocols.Tls13 : SslProtocols.Tls12,
        AllowRenegotiation = false,
        ApplicationProtocols = settings.ApplicationProtocols.Count == 0
            ? null
            : [.. settings.ApplicationProtocols.Select(protocol => new SslApplicationProtocol(protocol))],
        ClientCertificateContext = settings.ClientCertificate is not { } certificate
            ? null
            : SslStreamCertificateContext.Create(certificate, settings.ClientIntermediates, offline: true),
        CertificateChainPolicy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        },
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => Validate(certificate, chain),
    };

    /// <summary>The platform's own verdict does not count, ours does: the same for all engines.</summary>
    private bool Validate(X509Certificate? certificate, X509Chain? chain)
    {
        try
        {
            if (certificate is null)
            {
                throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.HandshakeFailure);
            }

            var leaf = certificate.GetRawCertData();
            _serverCertificates = [leaf, .. SentBesides(leaf, chain)];
            settings.ValidateChain(_serverCertificates);
            return true;
        }
        catch (TlsException e)
        {
            _refusal = e;
            return false;
        }
    }

    private static IEnumerable<byte[]> SentBesides(byte[] leaf, X509Chain? chain) =>
        chain?.ChainPolicy.ExtraStore.Select(sent => sent.RawData).Where(sent => !sent.AsSpan().SequenceEqual(leaf)) ?? [];
}
