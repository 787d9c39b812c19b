using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;
using Sim800.Tls.Handshake;
using Sim800.Tls.Records;

namespace Sim800.Tls.Engines.Platform;

/// <summary>SslStream's handshake, its options and its outcome.</summary>
internal sealed class PlatformHandshake(SslStream ssl, HandshakeSettings settings, string serverName, X509ChainPolicy chainPolicy)
{
    /// <summary>SslStream puts what the server sends behind these.</summary>
    private readonly X509Certificate2[] _givenIntermediates = [.. chainPolicy.ExtraStore];
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

    /// <summary>Set before the handshake.</summary>
    internal bool AllowsResumption { get; set; } = true;

    /// <summary>The ClientHello carries a session that a server has not resumed.</summary>
    internal bool OffersRefusedSession => _hello.OfferedSession is { } session && RefusedSessions.OfProcess.Contains(session);

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
                    if (_hello is { IsResumed: false, OfferedSession: { } refused })
                    {
                        RefusedSessions.OfProcess.Add(refused);
                    }

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
        IsResumed = _hello.IsResumed == true,
        ExtendedMasterSecret = ssl.SslProtocol == SslProtocols.Tls13 || _hello.HasExtendedMasterSecret,
        ServerCertificates = _serverCertificates,
    };

    private SslClientAuthenticationOptions CreateOptions() => new()
    {
        TargetHost = serverName,

        // No CipherSuitesPolicy: it would turn resumption off. IsAcceptable judges the result.
        EnabledSslProtocols = settings.AllowTls13 ? SslProtocols.Tls12 | SslProtocols.Tls13 : SslProtocols.Tls12,
        AllowRenegotiation = false,
        AllowTlsResume = AllowsResumption,
        ApplicationProtocols = settings.ApplicationProtocols.Count == 0
            ? null
            : [.. settings.ApplicationProtocols.Select(protocol => new SslApplicationProtocol(protocol))],
        ClientCertificateContext = settings.ClientCertificate is not { } certificate
            ? null
            : SslStreamCertificateContext.Create(certificate, settings.ClientIntermediates, offline: true),
        CertificateChainPolicy = chainPolicy,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => Validate(certificate, chain),
    };

    /// <summary>The platform's own verdict does not count, ours does: the same for all engines. Its path is the first that is tried.</summary>
    private bool Validate(X509Certificate? certificate, X509Chain? chain)
    {
        try
        {
            if (certificate is null)
            {
                throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.HandshakeFailure);
            }

            X509Certificate2[] others = [.. chain?.ChainPolicy.ExtraStore.Where(other => !IsGiven(other)) ?? []];
            _serverCertificates = _certificatesInTheClear.Count > 0 ? _certificatesInTheClear : AsDecoded(certificate.GetRawCertData(), others);
            settings.ValidateChain(_serverCertificates, new PlatformReading(certificate is X509Certificate2 own ? [own, .. others] : others, chain));
            return true;
        }
        catch (TlsException e)
        {
            _refusal = e;
            return false;
        }
    }

    private bool IsGiven(X509Certificate2 certificate) => Array.Exists(_givenIntermediates, given => ReferenceEquals(given, certificate));

    /// <summary>
    /// The certificates of TLS 1.3, which nobody but SslStream decrypts, and those of a resumed session. What an authority has signed
    /// is there as it was sent, the envelope around it is the platform's encoding.
    /// </summary>
    private static byte[][] AsDecoded(byte[] leaf, X509Certificate2[] others)
    {
        byte[][] sent = [leaf, .. others.Select(other => other.RawData).Where(other => !other.AsSpan().SequenceEqual(leaf))];
        return sent.Sum(der => der.Length) <= HandshakeLimits.MaxMessage
            ? sent
            : throw new TlsProtocolException(TlsViolation.HandshakeTooLong, TlsAlert.IllegalParameter);
    }
}
