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

    internal static TlsRemedy Remedy(TlsAlert alert, bool duringHandshake, bool answersInOldVersion) => alert switch
    {
        // A server that has nothing newer finds none of its cipher suites in an offer of TLS 1.2, and complains of that.
        TlsAlert.HandshakeFailure or TlsAlert.ProtocolVersion or TlsAlert.InsufficientSecurity when answersInOldVersion =>
            TlsRemedy.UpdateServerOrCheckCiphers,
        TlsAlert.UnrecognizedName => TlsRemedy.CorrectServerName,
        TlsAlert.HandshakeFailure => TlsRemedy.CheckServerParameters,
        TlsAlert.ProtocolVersion => TlsRemedy.OfferNewestVersion,
        TlsAlert.InsufficientSecurity => TlsRemedy.CheckServerCiphers,
        TlsAlert.CertificateRequired => TlsRemedy.GiveClientCertificate,
        TlsAlert.BadCertificate or TlsAlert.UnsupportedCertificate or TlsAlert.CertificateUnknown or TlsAlert.UnknownCa =>
            TlsRemedy.CheckClientCertificate,
        TlsAlert.CertificateExpired => TlsRemedy.RenewClientCertificate,
        TlsAlert.CertificateRevoked => TlsRemedy.ReplaceClientCertificate,
        TlsAlert.AccessDenied => TlsRemedy.CheckServerPolicy,
        TlsAlert.UnknownPskIdentity => TlsRemedy.CorrectPreSharedKeyIdentity,
        TlsAlert.BadRecordMac or TlsAlert.DecryptError when duringHandshake => TlsRemedy.CorrectPreSharedKey,
        TlsAlert.NoApplicationProtocol => TlsRemedy.CorrectApplicationProtocols,
        TlsAlert.InternalError => TlsRemedy.SeeServerLog,
        _ => TlsRemedy.SeeServerLogAndConnectAgain,
    };
}
