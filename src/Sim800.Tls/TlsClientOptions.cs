using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Tls.Handshake;

namespace Sim800.Tls;

/// <summary>How to connect with TLS. Immutable; make variants with <c>with</c>.</summary>
public sealed record TlsClientOptions
{
    /// <summary>
    /// The name of the server, as its certificate must have it and as it is told to the server (SNI): a DNS name, or
    /// an IP address, which is not told.
    /// </summary>
    public required string ServerName { get; init; }

    /// <summary>The server's TCP port, so that sessions of two servers on one host are kept apart; 0 if unknown. Default: 0.</summary>
    public int Port { get; init; }

    /// <summary>Which implementation does the work. Default: <see cref="TlsEngine.BouncyCastle"/>.</summary>
    public TlsEngine Engine { get; init; }

    /// <summary>What to prefer where the engine has the choice. Default: <see cref="TlsPreference.FewestBytes"/>.</summary>
    public TlsPreference Preference { get; init; }

    /// <summary>Whom to believe. Default: the authorities of the operating system.</summary>
    public TlsTrust Trust { get; init; } = TlsTrust.System;

    /// <summary>The certificate to show if the server asks for one. Default: none.</summary>
    public TlsClientCertificate? ClientCertificate { get; init; }

    /// <summary>
    /// A key shared with the server, in place of certificates on both sides: <see cref="Trust"/> and
    /// <see cref="ClientCertificate"/> are then not used. BouncyCastle engine only. Default: none.
    /// </summary>
    public TlsPreSharedKey? PreSharedKey { get; init; }

    /// <summary>Application protocols to offer, most wanted first (ALPN, RFC 7301): 1 to 255 ASCII characters each. Default: none.</summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    /// <summary>
    /// Where sessions are kept for resumption, which saves a round trip and three quarters of the bytes. Not used with a
    /// pre-shared key. BouncyCastle engine only: the Platform engine keeps its own, and they end with the process. Default: none.
    /// </summary>
    public ITlsSessionCache? SessionCache { get; init; }

    /// <summary>
    /// The most bytes a record shall carry: 512, 1024, 2048 or 4096 (RFC 6066 §4). Servers may ignore it. BouncyCastle engine
    /// only. Default: not asked for.
    /// </summary>
    public int? MaxFragmentLength { get; init; }

    /// <summary>
    /// Whether a TLS 1.2 server must support the extended master secret (RFC 7627). <c>false</c> admits old servers and the
    /// triple handshake attack. Where the operating system's TLS does not offer it, the Platform engine cannot demand it, and
    /// <see cref="TlsConnectionInfo.HasExtendedMasterSecret"/> tells. Default: <c>true</c>.
    /// </summary>
    public bool RequireExtendedMasterSecret { get; init; } = true;

    /// <summary>
    /// Accepts every certificate of anybody, so that anybody on the way can read and change everything. For experiments only.
    /// Default: <c>false</c>.
    /// </summary>
    public bool DangerousAcceptAnyCertificate { get; init; }

    /// <summary>How long the handshake may take. Default: 60 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the farewell at disposal, or an alert after a failure, may take. Default: 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Takes lines in the NSS key log format, with which Wireshark decrypts a recording; whoever has them can read the
    /// connection. BouncyCastle engine only. Default: none.
    /// </summary>
    public Action<string>? KeyLog { get; init; }

    /// <summary>Where the time to judge certificates by comes from. Default: <see cref="TimeProvider"/>, if it is sane.</summary>
    public TlsTrustedTime? TrustedTime { get; init; }

    /// <summary>The clock for deadlines, and for <see cref="TrustedTime"/> unless that is given.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where log messages go. Keys and data are never among them. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Whether anything of a certificate will be judged, for which the time must be known.</summary>
    internal bool ValidatesCertificates => PreSharedKey is null && !DangerousAcceptAnyCertificate;

    /// <summary>The name for SNI; none for an IP address (RFC 6066 §3).</summary>
    internal string? ServerNameIndication => Certificates.ServerName.Parse(ServerName) is { Address: null } name ? name.DnsName : null;

    /// <summary>Whether a session can be kept and resumed through <see cref="SessionCache"/>.</summary>
    internal TlsSessionKey? SessionKey => SessionCache is null || PreSharedKey is not null
        ? null
        : new TlsSessionKey(
            Certificates.ServerName.Parse(ServerName).ToString(),
            Port,
            DangerousAcceptAnyCertificate ? "any" : Trust.Fingerprint,
            ClientCertificate?.Thumbprint ?? "");

    /// <exception cref="ArgumentException">An option is out of range, or not to be had with the engine.</exception>
    internal void Validate()
    {
        _ = Certificates.ServerName.Parse(ServerName);
        Require(Port is >= 0 and <= 65535, nameof(Port), "is 0 to 65535");
        Require(ApplicationProtocols.All(p => p.Length is > 0 and < 256 && Ascii.IsValid(p)), nameof(ApplicationProtocols), "have 1 to 255 ASCII characters each");
        Require(MaxFragmentLength is not { } length || MaxFragmentLengthCode.IsValid(length), nameof(MaxFragmentLength), "is 512, 1024, 2048 or 4096");
        Require(HandshakeTimeout > TimeSpan.Zero, nameof(HandshakeTimeout), "is positive");
        Require(CloseTimeout > TimeSpan.Zero, nameof(CloseTimeout), "is positive");
        if (Engine == TlsEngine.Platform)
        {
            Require(PreSharedKey is null, nameof(PreSharedKey), "needs the BouncyCastle engine");
            Require(MaxFragmentLength is null, nameof(MaxFragmentLength), "needs the BouncyCastle engine");
            Require(SessionCache is null, nameof(SessionCache), "needs the BouncyCastle engine");
            Require(KeyLog is null, nameof(KeyLog), "needs the BouncyCastle engine");
        }
    }

    private static void Require(bool condition, string option, string demand)
    {
        if (!condition)
        {
            throw new ArgumentException($"{option} {demand}.", option);
        }
    }
}
