using System.Collections;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Handshake;
using SignatureScheme = Sim800.Tls.Handshake.SignatureScheme;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>What BouncyCastle asks and tells during a handshake of TLS 1.2.</summary>
internal sealed class HandshakeClient : AbstractTlsClient, TlsAuthentication
{
    private readonly HandshakeSettings _settings;
    private readonly RecordCipherFactory _ciphers;
    private readonly byte[] _offeredSessionId;
    private readonly ArrayList _signatureAlgorithms;
    private IReadOnlyList<byte[]> _serverCertificates = [];
    private byte[] _sessionId = [];
    private byte[] _ticket = [];
    private TimeSpan _ticketLifetime;
    private string? _applicationProtocol;
    private int? _maxFragmentLength;
    private bool _isResumed;

    internal HandshakeClient(HandshakeSettings settings, RecordCipherFactory ciphers)
        : base(ciphers)
    {
        _settings = settings;
        _ciphers = ciphers;
        _signatureAlgorithms = [.. SignatureSchemes.Offered.Select(ToBouncyCastle)];

        // RFC 5077 §3.4: with a ticket the id is made up, and the server repeats it when it takes the ticket.
        _offeredSessionId = settings.Session is { Ticket.Length: > 0 } ? RandomNumberGenerator.GetBytes(32) : settings.Session?.SessionId ?? [];
    }

    /// <summary>Set when the handshake is complete.</summary>
    internal HandshakeOutcome? Outcome { get; private set; }

    public override ProtocolVersion MinimumVersion => ProtocolVersion.TLSv12;

    public override int[] GetCipherSuites() => CipherSuites.ForTls12(_settings.PreSharedKey);

    public override IDictionary GetClientExtensions()
    {
        mSupportedSignatureAlgorithms = _signatureAlgorithms;
        return ClientExtensions.Create(_settings, GetCipherSuites(), _signatureAlgorithms);
    }

    public override Org.BouncyCastle.Crypto.Tls.TlsSession? GetSessionToResume() =>
        _settings.Session is { } session ? StoredSession.Import(session, _offeredSessionId) : null;

    public override void NotifySessionID(byte[] sessionID) => _sessionId = sessionID;

    public override void NotifySecureRenegotiation(bool secureRenegotiation) => BouncyCastleFailure.Guard(() =>
    {
        if (!secureRenegotiation)
        {
            throw new TlsProtocolException(TlsViolation.NoSecureRenegotiation, TlsAlert.HandshakeFailure);
        }
    });

    public override void NotifyServerVersion(ProtocolVersion serverVersion) => BouncyCastleFailure.Guard(() =>
    {
        if (!serverVersion.Equals(ProtocolVersion.TLSv12))
        {
            throw new TlsProtocolException(TlsViolation.UnsupportedVersion, TlsAlert.ProtocolVersion);
        }
    });

    public override void NotifyNewSessionTicket(NewSessionTicket newSessionTicket)
    {
        _ticket = newSessionTicket.Ticket;
        _ticketLifetime = TimeSpan.FromSeconds(newSessionTicket.TicketLifetimeHint);
    }

    public override TlsKeyExchange GetKeyExchange()
    {
        var keyExchange = TlsUtilities.GetKeyExchangeAlgorithm(mSelectedCipherSuite);
        return _settings.PreSharedKey is { } key
            ? new PskKeyExchange(keyExchange, _signatureAlgorithms, key)
            : new EcdheKeyExchange(keyExchange, _signatureAlgorithms, () => _serverCertificates[0]);
    }

    public override TlsAuthentication GetAuthentication() => this;

    /// <param name="serverCertificate">Empty: see <see cref="OnCertificates"/>.</param>
    public void NotifyServerCertificate(Certificate serverCertificate) =>
        BouncyCastleFailure.Guard(() => _settings.ValidateChain(_serverCertificates));

    public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest) =>
        SigningCredentials.Create(_settings, certificateRequest.SupportedSignatureAlgorithms);

    public override void NotifyAlertReceived(byte alertLevel, byte alertDescription) => BouncyCastleFailure.Guard(() =>
    {
        if (alertDescription == AlertDescription.close_notify)
        {
            throw new TlsClosedException(TlsCloseReason.DuringHandshake);
        }
    });

    public override void NotifyHandshakeComplete()
    {
        var parameters = mContext.SecurityParameters;
        _settings.KeyLog?.Invoke(KeyLogLine.Create(KeyLogLine.MasterSecret, parameters.ClientRandom, parameters.MasterSecret));
        var negotiated = new NegotiatedParameters
        {
            Protocol = SslProtocols.Tls12,
            CipherSuite = (TlsCipherSuite)parameters.CipherSuite,
            ApplicationProtocol = _applicationProtocol,
            IsResumed = _isResumed,
            ExtendedMasterSecret = parameters.IsExtendedMasterSecret,
            MaxFragmentLength = _maxFragmentLength,
            ServerCertificates = _serverCertificates,
        };
        Outcome = new HandshakeOutcome(negotiated, _ciphers.Created!.Keys, ExportSession(parameters));
    }

    /// <summary>The server's chain as it was sent; judged when the base class asks for that.</summary>
    internal void OnCertificates(IReadOnlyList<byte[]> certificates) => _serverCertificates = certificates;

    /// <summary>The base class reports extensions of a full handshake only; those of a resumed one count as well.</summary>
    internal void OnServerHello(IDictionary? extensions, bool isResumed) => BouncyCastleFailure.Guard(() =>
    {
        _isResumed = isResumed;
        if (isResumed)
        {
            _serverCertificates = _settings.Session!.ServerCertificates;
        }

        if (_settings.RequireExtendedMasterSecret && !mContext.SecurityParameters.IsExtendedMasterSecret)
        {
            throw new TlsProtocolException(TlsViolation.NoExtendedMasterSecret, TlsAlert.HandshakeFailure);
        }

        if (TlsUtilities.GetExtensionData(extensions, ClientExtensions.ApplicationLayerProtocolNegotiation) is { } choice)
        {
            _applicationProtocol = ApplicationProtocols.DecodeChoice(choice, _settings.ApplicationProtocols);
        }

        if (extensions is not null && TlsExtensionsUtilities.GetMaxFragmentLengthExtension(extensions) is > 0 and var code)
        {
            _maxFragmentLength = MaxFragmentLengthCode.ToLength(code);
        }
    });

    private static SignatureAndHashAlgorithm ToBouncyCastle(SignatureScheme scheme) => new((byte)((int)scheme >> 8), (byte)scheme);

    private TlsSession? ExportSession(SecurityParameters parameters)
    {
        var hasNewId = !_isResumed && _sessionId.Length > 0;
        return parameters.IsExtendedMasterSecret && (_ticket.Length > 0 || hasNewId)
            ? StoredSession.Export(_settings, parameters, _ticket, _sessionId, _ticketLifetime, _serverCertificates)
            : null;
    }
}
