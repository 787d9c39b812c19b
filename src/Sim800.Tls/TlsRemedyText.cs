namespace Sim800.Tls;

/// <summary>Remedies in words, one sentence each.</summary>
internal static class TlsRemedyText
{
    internal static string Of(TlsRemedy remedy) => OfConnection(remedy) ?? OfHandshake(remedy) ?? OfCertificate(remedy)
        ?? throw new ArgumentOutOfRangeException(nameof(remedy), remedy, "There is no text for this remedy.");

    private static string? OfConnection(TlsRemedy remedy) => remedy switch
    {
        TlsRemedy.ConnectAgain => "Connect again if there is more to send.",
        TlsRemedy.CheckPath => "Connect again; if it happens every time, something on the way changes the bytes.",
        TlsRemedy.DistrustLastMessage => "Do not trust that the last message is complete, and connect again.",
        TlsRemedy.CheckPortAndLink => "Check that the port speaks TLS and that the link is up.",
        TlsRemedy.CheckPortAndName => "Check that the port speaks TLS and that the server name is one the server knows.",
        TlsRemedy.UseTlsPort => "Check the port: MQTT over TLS is usually 8883, while 1883 is plain and 8884 is WebSocket.",
        TlsRemedy.AllowMoreTime => "Raise TlsClientOptions.HandshakeTimeout if the link is that slow.",
        TlsRemedy.SeeServerLog => "The fault is on the server's side: see its log.",
        TlsRemedy.SeeServerLogAndConnectAgain => "See the server's log for its reason, and connect again.",
        TlsRemedy.SeeInnerException => "See the inner exception, and connect again.",
        TlsRemedy.TryOtherEngine =>
            "Connect again; if it happens every time, try the other TlsClientOptions.Engine, and report it with a recording of the connection.",
        _ => null,
    };

    private static string? OfHandshake(TlsRemedy remedy) => remedy switch
    {
        TlsRemedy.CorrectServerName => "Check TlsClientOptions.ServerName: the server knows no such name.",
        TlsRemedy.CheckServerParameters =>
            "Check that the server allows TLS 1.2 with ECDHE and ChaCha20-Poly1305 or AES-128-GCM (for AES-256 alone set TlsClientOptions.Preference to NewestVersion), and whether it demands a client certificate.",
        TlsRemedy.OfferNewestVersion =>
            "The server allows no TLS version that was offered: update it to TLS 1.2 or later, or for TLS 1.3 set TlsClientOptions.Preference to NewestVersion.",
        TlsRemedy.CheckServerCiphers => "The server wants stronger ciphers than were offered; check its cipher list.",
        TlsRemedy.CheckServer => "Update the server, or check its TLS configuration.",
        TlsRemedy.UpdateServer => "Update the server to TLS 1.2 or later.",
        TlsRemedy.UpdateServerOrCheckCiphers =>
            "If the server has nothing newer, update it to TLS 1.2 or later; otherwise check its list of cipher suites.",
        TlsRemedy.ShortenServerHandshake =>
            "Let the server send fewer certificates, certificates with fewer names, or a shorter list of the authorities it accepts.",
        TlsRemedy.AllowPreSharedKey =>
            "Let the server allow pre-shared keys in this version of TLS, and check that it knows TlsPreSharedKey.Identity with the same key.",
        TlsRemedy.UpdateServerOrAcceptRisk =>
            "Update the server, or set TlsClientOptions.RequireExtendedMasterSecret to false if the risk is acceptable.",
        TlsRemedy.DistrustServer => "Do not trust this connection: the server could not prove that it holds the key of its certificate.",
        TlsRemedy.GiveClientCertificate => "Give a client certificate: TlsClientOptions.ClientCertificate.",
        TlsRemedy.CheckClientCertificate =>
            "The server does not accept the client certificate: check that it was issued by the authority the server trusts.",
        TlsRemedy.RenewClientCertificate => "The client certificate has expired, or the server's clock is wrong: renew the certificate.",
        TlsRemedy.ReplaceClientCertificate => "The client certificate was revoked: get a new one.",
        TlsRemedy.CheckServerPolicy => "The server does not admit this client: check its policy for the certificate or key.",
        TlsRemedy.CorrectPreSharedKeyIdentity => "The server knows no such pre-shared key identity: check TlsPreSharedKey.Identity.",
        TlsRemedy.CorrectPreSharedKey => "With a pre-shared key, check the key itself: it differs from the server's.",
        TlsRemedy.CorrectApplicationProtocols => "The server supports none of TlsClientOptions.ApplicationProtocols.",
        _ => null,
    };

    private static string? OfCertificate(TlsRemedy remedy) => remedy switch
    {
        TlsRemedy.RenewServerCertificate => "Check this device's clock, then renew the certificate on the server.",
        TlsRemedy.CheckClock => "Check this device's clock, then the certificate's dates.",
        TlsRemedy.SetClock => "Set the clock, or give TlsClientOptions.TrustedTime a source such as the modem's network time.",
        TlsRemedy.TrustAuthority => "Trust the broker's root certificate with TlsTrust.FromPemFile, or check that this is the right broker.",
        TlsRemedy.SendFullChain => "Let the server send its full chain, or trust that issuer with TlsTrust.FromPemFile if it is a root.",
        TlsRemedy.UseCertifiedName => "Connect by a name in the certificate's subject alternative names, or have it issued for this name.",
        TlsRemedy.IssueForServers => "Have the certificate issued for TLS servers (digitalSignature, extended key usage serverAuth).",
        TlsRemedy.IssueForStrongerKey => "Have the certificate issued for RSA of 2048 to 8192 bits, P-256, P-384 or P-521.",
        TlsRemedy.SignWithStrongerAlgorithm => "Have the certificate signed with SHA-256 or better, by RSA or ECDSA.",
        TlsRemedy.ReplaceServerCertificate => "Have a new certificate issued for the server.",
        TlsRemedy.IssueCorrectChain => "Have the broker's operator issue a correct certificate chain.",
        TlsRemedy.PinNewKey => "If the server's key was changed on purpose, pin the new one; otherwise somebody is in between.",
        _ => null,
    };
}
