namespace Sim800.Tls;

/// <summary>
/// What to do about a failed TLS connection. <see cref="TlsException.RemedyText"/> is the same as a sentence in the terms of this library;
/// an application whose user knows the settings by other names has a sentence of its own for those.
/// </summary>
public enum TlsRemedy
{
    /// <summary>Connect again.</summary>
    ConnectAgain,

    /// <summary>Connect again; bytes that are changed every time are changed by something on the way.</summary>
    CheckPath,

    /// <summary>Connect again, and do not rely on the last message.</summary>
    DistrustLastMessage,

    /// <summary>Check that the port speaks TLS and that the link is up.</summary>
    CheckPortAndLink,

    /// <summary>Check that the port speaks TLS and that the server knows the name.</summary>
    CheckPortAndName,

    /// <summary>Use the port that speaks TLS.</summary>
    UseTlsPort,

    /// <summary>Allow the handshake more time (<see cref="TlsClientOptions.HandshakeTimeout"/>).</summary>
    AllowMoreTime,

    /// <summary>Correct <see cref="TlsClientOptions.ServerName"/>.</summary>
    CorrectServerName,

    /// <summary>Check the server's versions and cipher suites, and whether it demands a client certificate.</summary>
    CheckServerParameters,

    /// <summary>Offer TLS 1.3 (<see cref="TlsClientOptions.Preference"/>).</summary>
    OfferNewestVersion,

    /// <summary>Check the server's list of cipher suites.</summary>
    CheckServerCiphers,

    /// <summary>Check the server's configuration, or update it.</summary>
    CheckServer,

    /// <summary>Update the server to TLS 1.2 or later.</summary>
    UpdateServer,

    /// <summary>Update the server, or set <see cref="TlsClientOptions.RequireExtendedMasterSecret"/> to <c>false</c>.</summary>
    UpdateServerOrAcceptRisk,

    /// <summary>Do not trust the server: it did not prove that it holds its key.</summary>
    DistrustServer,

    /// <summary>See the server's log.</summary>
    SeeServerLog,

    /// <summary>See the server's log for its reason, and connect again.</summary>
    SeeServerLogAndConnectAgain,

    /// <summary>See the inner exception, and connect again.</summary>
    SeeInnerException,

    /// <summary>Give <see cref="TlsClientOptions.ClientCertificate"/>.</summary>
    GiveClientCertificate,

    /// <summary>Check that the client certificate is of the authority that the server trusts.</summary>
    CheckClientCertificate,

    /// <summary>Renew the client certificate.</summary>
    RenewClientCertificate,

    /// <summary>Get a new client certificate: the old one was revoked.</summary>
    ReplaceClientCertificate,

    /// <summary>Check what the server's policy says of this client.</summary>
    CheckServerPolicy,

    /// <summary>Correct <see cref="TlsPreSharedKey.Identity"/>.</summary>
    CorrectPreSharedKeyIdentity,

    /// <summary>Correct <see cref="TlsClientOptions.PreSharedKey"/>.</summary>
    CorrectPreSharedKey,

    /// <summary>Correct <see cref="TlsClientOptions.ApplicationProtocols"/>.</summary>
    CorrectApplicationProtocols,

    /// <summary>Check this device's clock, then have the server's certificate renewed.</summary>
    RenewServerCertificate,

    /// <summary>Check this device's clock, then the dates of the server's certificate.</summary>
    CheckClock,

    /// <summary>Set the clock, or give <see cref="TlsClientOptions.TrustedTime"/>.</summary>
    SetClock,

    /// <summary>Trust the server's root certificate (<see cref="TlsTrust.FromPemFile"/>).</summary>
    TrustAuthority,

    /// <summary>Let the server send its full chain, or trust the issuer (<see cref="TlsTrust.FromPemFile"/>).</summary>
    SendFullChain,

    /// <summary>Connect by a name that the server's certificate has.</summary>
    UseCertifiedName,

    /// <summary>Have the server's certificate issued for TLS servers.</summary>
    IssueForServers,

    /// <summary>Have the server's certificate issued for a stronger key.</summary>
    IssueForStrongerKey,

    /// <summary>Have the server's certificate signed with a stronger algorithm.</summary>
    SignWithStrongerAlgorithm,

    /// <summary>Have a new certificate issued for the server: the old one was revoked.</summary>
    ReplaceServerCertificate,

    /// <summary>Have a correct certificate chain issued for the server.</summary>
    IssueCorrectChain,

    /// <summary>Pin the server's new key if it was changed on purpose.</summary>
    PinNewKey,

    /// <summary>Update the server to TLS 1.2 or later if it has nothing newer, or check its list of cipher suites.</summary>
    UpdateServerOrCheckCiphers,

    /// <summary>Let the server send fewer or smaller certificates, or a shorter list of authorities.</summary>
    ShortenServerHandshake,

    /// <summary>Let the server allow pre-shared keys, with this identity and key.</summary>
    AllowPreSharedKey,

    /// <summary>Connect again; if it happens every time, try the other <see cref="TlsClientOptions.Engine"/> and report it.</summary>
    TryOtherEngine,
}
