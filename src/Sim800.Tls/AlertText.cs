using System.Text;

namespace Sim800.Tls;

/// <summary>What an alert of the server means to the one who has to act on it.</summary>
internal static class AlertText
{
    /// <summary>The name as the RFCs spell it: <c>handshake_failure</c>.</summary>
    internal static string Name(TlsAlert alert)
    {
        if (!Enum.IsDefined(alert))
        {
            return $"{(int)alert}";
        }

        var name = new StringBuilder();
        foreach (var letter in alert.ToString())
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    /// <summary>The server understood and does not want: it will say the same again until somebody changes something.</summary>
    internal static bool IsRefusal(TlsAlert alert) => alert is
        TlsAlert.HandshakeFailure or TlsAlert.ProtocolVersion or TlsAlert.InsufficientSecurity or TlsAlert.InappropriateFallback
        or TlsAlert.BadCertificate or TlsAlert.UnsupportedCertificate or TlsAlert.CertificateRevoked or TlsAlert.CertificateExpired
        or TlsAlert.CertificateUnknown or TlsAlert.UnknownCa or TlsAlert.AccessDenied or TlsAlert.CertificateRequired
        or TlsAlert.MissingExtension or TlsAlert.UnsupportedExtension or TlsAlert.UnrecognizedName
        or TlsAlert.UnknownPskIdentity or TlsAlert.NoApplicationProtocol;

    internal static string Remedy(TlsAlert alert, bool duringHandshake) => alert switch
    {
        TlsAlert.UnrecognizedName => "Check TlsClientOptions.ServerName: the server knows no such name.",
        TlsAlert.HandshakeFailure =>
            "Check that the server allows TLS 1.2 with ECDHE and AES-GCM or ChaCha20-Poly1305, and whether it demands a client certificate.",
        TlsAlert.ProtocolVersion => "The server allows no TLS version that was offered; for TLS 1.3 set TlsClientOptions.Preference to NewestVersion, and Engine to Platform if need be.",
        TlsAlert.InsufficientSecurity => "The server wants stronger ciphers than were offered; check its cipher list.",
        TlsAlert.CertificateRequired => "Give a client certificate: TlsClientOptions.ClientCertificate.",
        TlsAlert.BadCertificate or TlsAlert.UnsupportedCertificate or TlsAlert.CertificateUnknown or TlsAlert.UnknownCa =>
            "The server does not accept the client certificate: check that it was issued by the authority the server trusts.",
        TlsAlert.CertificateExpired => "The client certificate has expired, or the server's clock is wrong: renew the certificate.",
        TlsAlert.CertificateRevoked => "The client certificate was revoked: get a new one.",
        TlsAlert.AccessDenied => "The server does not admit this client: check its policy for the certificate or key.",
        TlsAlert.UnknownPskIdentity => "The server knows no such pre-shared key identity: check TlsPreSharedKey.Identity.",
        TlsAlert.BadRecordMac or TlsAlert.DecryptError when duringHandshake =>
            "With a pre-shared key, check the key itself: it differs from the server's.",
        TlsAlert.NoApplicationProtocol => "The server supports none of TlsClientOptions.ApplicationProtocols.",
        TlsAlert.InternalError => "The fault is on the server's side: see its log.",
        _ => "See the server's log for its reason, and connect again.",
    };
}
