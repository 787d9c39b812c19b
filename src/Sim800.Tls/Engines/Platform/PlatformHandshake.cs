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
    private ClearMessages _messages = new();
    private List<byte[]> _certificatesInTheClear = [];
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
        _messages = new ClearMessages();
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
            CheckMessages(fragment);
        }

        if (header.Type == ContentType.Alert && !_isEncrypted && AlertRecord.Read(fragment.ToArray()) is var alert)
        {
            if (alert.Description == TlsAlert.CloseNotify)
            {
                throw new TlsClosedException(TlsCloseReason.DuringHandshake);
            }

            if (!alert.IsWarning)
            {
                throw new TlsAlertException(alert.Description, duringHandshake: true, answeredIn: header.OldVersion);
            }
        }
    }

    /// <summary>Keeps what SslStream would only show anew encoded: the certificates of TLS 1.2 as they were sent.</summary>
    private void CheckMessages(in ReadOnlySequence<byte> fragment)
    {
        _messages.Add(fragment);
        while (_messages.TryTake(out var message))
        {
            switch (message[0])
            {
                case HelloWatch.ServerHello:
                    _hello.OnServerHello(message);
                    CheckHello();
                    break;
                case CertificateMessage.Type when _certificatesInTheClear.Count == 0:
                    _certificatesInTheClear = CertificateMessage.Read(message[ClearMessages.HeaderSize..]);
                    break;
            }
        }
    }

    private void CheckHello()
    {
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
        IsResumed = ssl.SslProtocol == SslProtocols.Tls12 && _certificatesInTheClear.Count == 0,
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

            _serverCertificates = _certificatesInTheClear.Count > 0 ? _certificatesInTheClear : AsDecoded(certificate.GetRawCertData(), chain);
            settings.ValidateChain(_serverCertificates, Decoded(certificate, chain));
            return true;
        }
        catch (TlsException e)
        {
            _refusal = e;
            return false;
        }
    }

    private static X509Certificate2[] Decoded(X509Certificate leaf, X509Chain? chain) =>
        [.. chain?.ChainPolicy.ExtraStore ?? [], .. leaf is X509Certificate2 own ? [own] : Array.Empty<X509Certificate2>()];

    /// <summary>
    /// The certificates of TLS 1.3, which nobody but SslStream decrypts, and those of a resumed session. What an authority has signed
    /// is there as it was sent, the envelope around it is the platform's encoding.
    /// </summary>
    private static byte[][] AsDecoded(byte[] leaf, X509Chain? chain)
    {
        byte[][] sent = [leaf, .. chain?.ChainPolicy.ExtraStore.Select(other => other.RawData).Where(other => !other.AsSpan().SequenceEqual(leaf)) ?? []];
        return sent.Sum(der => der.Length) <= HandshakeLimits.MaxMessage
            ? sent
            : throw new TlsProtocolException(TlsViolation.HandshakeTooLong, TlsAlert.IllegalParameter);
    }
}
