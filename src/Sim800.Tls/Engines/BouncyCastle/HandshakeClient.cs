using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Tls;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>What BouncyCastle asks and tells during a handshake of TLS 1.2 or 1.3.</summary>
internal sealed class HandshakeClient : AbstractTlsClient, TlsAuthentication
{
    private readonly HandshakeSettings _settings;
    private readonly PlatformCrypto _crypto;
    private readonly byte[] _offeredSessionId;
    private IReadOnlyList<byte[]> _serverCertificates = [];
    private byte[] _sessionId = [];
    private byte[] _ticket = [];
    private TimeSpan _ticketLifetime;
    private string? _applicationProtocol;
    private int? _maxFragmentLength;
    private bool _isResumed;
    private bool _isKeySelected;

    internal HandshakeClient(HandshakeSettings settings, PlatformCrypto crypto)
        : base(crypto)
    {
        _settings = settings;
        _crypto = crypto;

        // RFC 5077 §3.4: with a ticket the id is made up, and the server repeats it when it takes the ticket.
        _offeredSessionId = settings.Session is { Ticket.Length: > 0 } ? RandomNumberGenerator.GetBytes(32) : settings.Session?.SessionId ?? [];
    }

    /// <summary>Set when the handshake is complete.</summary>
    internal HandshakeOutcome? Outcome { get; private set; }

    public override IList<int> GetEarlyKeyShareGroups() => [EcdheKeyAgreement.Offered[0]];

    /// <summary>Disguising TLS 1.3 as a resumed 1.2 would cost 38 bytes each way.</summary>
    public override bool ShouldUseCompatibilityMode() => false;

    /// <summary>The chain's length is judged with the chain, and told in our words.</summary>
    public override int GetMaxCertificateChainLength() => int.MaxValue;

    public override int GetMaxHandshakeMessageSize() => HandshakeLimits.MaxMessage;

    public override bool ShouldCheckSigAlgOfPeerCerts() => false; // the chain is judged as a whole, by ValidateChain

    /// <summary>Asked only when a server of TLS 1.2 has left it out, and BouncyCastle would not say so.</summary>
    public override bool RequiresExtendedMasterSecret() => BouncyCastleFailure.Guard(() => _settings.RequireExtendedMasterSecret
        ? throw new TlsProtocolException(TlsViolation.NoExtendedMasterSecret, TlsAlert.HandshakeFailure)
        : false);

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        var extensions = base.GetClientExtensions();
        extensions.Remove(ExtensionType.encrypt_then_mac); // no suite of ours needs it
        if (_settings.MaxFragmentLength is { } length)
        {
            TlsExtensionsUtilities.AddMaxFragmentLengthExtension(extensions, MaxFragmentLengthCode.Of(length));
        }

        if (_settings.WantsTicket)
        {
            extensions[ExtensionType.session_ticket] = _settings.Session?.Ticket ?? [];
        }

        return extensions;
    }

    public override Org.BouncyCastle.Tls.TlsSession? GetSessionToResume() =>
        _settings.Session is { } session ? StoredSession.Import(session, _offeredSessionId, _crypto) : null;

    public override TlsPskIdentity? GetPskIdentity() => _settings.PreSharedKey is { } key
        ? new PreSharedKeyIdentity(key)
        : null;

    public override IList<TlsPskExternal>? GetExternalPsks() => _settings is { PreSharedKey: { } key, AllowTls13: true }
        ? [new BasicTlsPskExternal(Encoding.UTF8.GetBytes(key.Identity), _crypto.CreateSecret(key.CopyKey()), PrfAlgorithm.tls13_hkdf_sha256)]
        : null;

    /// <summary>TLS 1.3: a server may pass over the key and prove itself with a certificate, which nobody here could judge.</summary>
    public override void NotifySelectedPsk(TlsPsk? selectedPsk) => BouncyCastleFailure.Guard(() =>
    {
        _isKeySelected = selectedPsk is not null;
        if (_settings.PreSharedKey is not null && !_isKeySelected)
        {
            throw new TlsProtocolException(TlsViolation.NoPreSharedKey, TlsAlert.HandshakeFailure);
        }
    });

    public override short[] GetPskKeyExchangeModes() => [PskKeyExchangeMode.psk_dhe_ke];

    public override void NotifySessionID(byte[] sessionID) => _sessionId = sessionID ?? [];

    public override void NotifySecureRenegotiation(bool secureRenegotiation) => BouncyCastleFailure.Guard(() =>
    {
        if (!secureRenegotiation)
        {
            throw new TlsProtocolException(TlsViolation.NoSecureRenegotiation, TlsAlert.HandshakeFailure);
        }
    });

    public override void NotifyNewSessionTicket(NewSessionTicket newSessionTicket)
    {
        _ticket = newSessionTicket.Ticket;
        _ticketLifetime = TimeSpan.FromSeconds(newSessionTicket.TicketLifetimeHint);
    }

    public override TlsAuthentication GetAuthentication() => this;

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate) => BouncyCastleFailure.Guard(() =>
    {
        _serverCertificates = [.. serverCertificate.Certificate.GetCertificateList().Select(certificate => certificate.GetEncoded())];
        _settings.ValidateChain(_serverCertificates, null);
    });

    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest) =>
        SigningCredentials.Create(_settings, _crypto, certificateRequest, TlsUtilities.IsTlsV13(m_context));

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) => BouncyCastleFailure.Guard(() =>
    {
        if (alertDescription == AlertDescription.close_notify)
        {
            throw new TlsClosedException(TlsCloseReason.DuringHandshake);
        }
    });

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        var parameters = m_context.SecurityParameters;
        BouncyCastleFailure.Guard(() => RequireAuthentication(parameters));
        var isTls13 = TlsUtilities.IsTlsV13(parameters.NegotiatedVersion);
        var negotiated = new NegotiatedParameters
        {
            Protocol = isTls13 ? SslProtocols.Tls13 : SslProtocols.Tls12,
            CipherSuite = (TlsCipherSuite)parameters.CipherSuite,
            ApplicationProtocol = _applicationProtocol,
            IsResumed = _isResumed,
            ExtendedMasterSecret = isTls13 || parameters.IsExtendedMasterSecret,
            MaxFragmentLength = _maxFragmentLength,
            ServerCertificates = _serverCertificates,
        };
        Outcome = new HandshakeOutcome(negotiated, _crypto.TakeKeys(), isTls13 ? null : ExportSession(parameters));
    }

    /// <summary>TLS 1.2, in a full and in a resumed handshake.</summary>
    internal void OnServerHello(IDictionary<int, byte[]>? extensions) => BouncyCastleFailure.Guard(() =>
    {
        var parameters = m_context.SecurityParameters;
        _isResumed = parameters.IsResumedSession;
        if (_isResumed)
        {
            _serverCertificates = _settings.Session!.ServerCertificates;
        }

        CheckApplicationProtocol();

        _maxFragmentLength = _isResumed ? RepeatedFragmentLength(extensions) : MaxFragmentLengthCode.ToLength(parameters.MaxFragmentLength);
    });

    /// <summary>TLS 1.3.</summary>
    internal void OnEncryptedExtensions() => BouncyCastleFailure.Guard(() =>
    {
        CheckApplicationProtocol();
        _maxFragmentLength = MaxFragmentLengthCode.ToLength(m_context.SecurityParameters.MaxFragmentLength);
    });

    protected override ProtocolVersion[] GetSupportedVersions() => _settings.AllowTls13
        ? ProtocolVersion.TLSv13.DownTo(ProtocolVersion.TLSv12)
        : ProtocolVersion.TLSv12.Only();

    protected override int[] GetSupportedCipherSuites() => _settings.AllowTls13
        ? [.. CipherSuites.ForTls13(_settings.PreSharedKey), .. CipherSuites.ForTls12(_settings.PreSharedKey, fewestBytes: false)]
        : CipherSuites.ForTls12(_settings.PreSharedKey, fewestBytes: true);

    protected override IList<ServerName>? GetSniServerNames() => _settings.ServerNameIndication is { } name
        ? [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(name))]
        : null;

    protected override IList<ProtocolName>? GetProtocolNames() => _settings.ApplicationProtocols.Count > 0
        ? [.. _settings.ApplicationProtocols.Select(ProtocolName.AsUtf8Encoding)]
        : null;

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) =>
        [.. _settings.PreSharedKey is null ? EcdheKeyAgreement.Offered : EcdheKeyAgreement.OfferedWithPreSharedKey];

    protected override IList<SignatureAndHashAlgorithm>? GetSupportedSignatureAlgorithms() =>
        _settings.PreSharedKey is not null && !_settings.AllowTls13
            ? null
            : [.. SignatureSchemes.Offered.Select(scheme => Org.BouncyCastle.Tls.SignatureScheme.GetSignatureAndHashAlgorithm((int)scheme))];

    protected override CertificateStatusRequest? GetCertificateStatusRequest() => null;

    /// <summary>The base class takes any application protocol for the server's choice, offered or not.</summary>
    private void CheckApplicationProtocol()
    {
        if (m_context.SecurityParameters.ApplicationProtocol is { } choice)
        {
            _applicationProtocol = _settings.ApplicationProtocols.FirstOrDefault(
                offered => choice.GetBytes().AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(offered)));
            if (_applicationProtocol is null)
            {
                throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
            }
        }
    }

    /// <summary>What the first handshake agreed on holds in a resumed one too (RFC 6066 §4), but there BouncyCastle passes over it.</summary>
    private int? RepeatedFragmentLength(IDictionary<int, byte[]>? extensions)
    {
        if (extensions is null || TlsExtensionsUtilities.GetMaxFragmentLengthExtension(extensions) is not (>= 0 and var code))
        {
            return null;
        }

        return _settings.MaxFragmentLength is { } asked && MaxFragmentLengthCode.Of(asked) == code
            ? asked
            : throw new TlsProtocolException(TlsViolation.IllegalParameter, TlsAlert.IllegalParameter);
    }

    /// <summary>Closed whatever path led here: the server has shown that it holds our key, or a certificate that was judged.</summary>
    private void RequireAuthentication(SecurityParameters parameters)
    {
        var isAuthenticated = _settings.PreSharedKey is null
            ? _serverCertificates.Count > 0
            : _isKeySelected || parameters.KeyExchangeAlgorithm is KeyExchangeAlgorithm.PSK or KeyExchangeAlgorithm.ECDHE_PSK;
        if (!isAuthenticated)
        {
            throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
        }
    }

    private TlsSession? ExportSession(SecurityParameters parameters)
    {
        var hasNewId = !_isResumed && _sessionId.Length > 0;
        if (!parameters.IsExtendedMasterSecret || (_ticket.Length == 0 && !hasNewId))
        {
            return null;
        }

        return StoredSession.Export(
            _settings, parameters.CipherSuite, _crypto.Copy(parameters.MasterSecret), _ticket, _sessionId, _ticketLifetime, _serverCertificates);
    }
}
