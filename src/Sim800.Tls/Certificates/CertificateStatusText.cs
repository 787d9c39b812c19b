namespace Sim800.Tls.Certificates;

/// <summary>What each <see cref="TlsCertificateStatus"/> tells the user to do, and the server by an alert.</summary>
internal static class CertificateStatusText
{
    internal static string RemedyOf(TlsCertificateStatus status) => status switch
    {
        TlsCertificateStatus.Expired => "Check this device's clock, then renew the certificate on the server.",
        TlsCertificateStatus.NotYetValid => "Check this device's clock, then the certificate's dates.",
        TlsCertificateStatus.ClockUnset =>
            "Set the clock, or give TlsClientOptions.TrustedTime a source such as the modem's network time.",
        TlsCertificateStatus.UnknownAuthority =>
            "Trust the broker's root certificate with TlsTrust.FromPemFile, or check that this is the right broker.",
        TlsCertificateStatus.IntermediateMissing =>
            "Let the server send its full chain, or trust that issuer with TlsTrust.FromPemFile if it is a root.",
        TlsCertificateStatus.NameMismatch =>
            "Connect by a name in the certificate's subject alternative names, or have it issued for this name.",
        TlsCertificateStatus.WrongUsage =>
            "Have the certificate issued for TLS servers (digitalSignature, extended key usage serverAuth).",
        TlsCertificateStatus.PinMismatch =>
            "If the server's key was changed on purpose, pin the new one; otherwise somebody is in between.",
        TlsCertificateStatus.WeakKey => "Have the certificate issued for RSA of 2048 to 8192 bits, P-256, P-384 or P-521.",
        TlsCertificateStatus.WeakSignature => "Have the certificate signed with SHA-256 or better, by RSA or ECDSA.",
        TlsCertificateStatus.Revoked => "Have a new certificate issued for the server.",
        _ => "Have the broker's operator issue a correct certificate chain.",
    };

    /// <summary>A clock that is not set, or lags behind, is set as soon as somebody tells the time; certificates wait for people.</summary>
    internal static bool IsTransient(TlsCertificateStatus status) =>
        status is TlsCertificateStatus.ClockUnset or TlsCertificateStatus.NotYetValid;

    internal static TlsAlert AlertOf(TlsCertificateStatus status) => status switch
    {
        TlsCertificateStatus.Expired or TlsCertificateStatus.NotYetValid or TlsCertificateStatus.ClockUnset =>
            TlsAlert.CertificateExpired,
        TlsCertificateStatus.UnknownAuthority or TlsCertificateStatus.IntermediateMissing => TlsAlert.UnknownCa,
        TlsCertificateStatus.WrongUsage or TlsCertificateStatus.UnknownCriticalExtension => TlsAlert.UnsupportedCertificate,
        TlsCertificateStatus.Revoked => TlsAlert.CertificateRevoked,
        TlsCertificateStatus.NameMismatch or TlsCertificateStatus.PinMismatch => TlsAlert.CertificateUnknown,
        _ => TlsAlert.BadCertificate,
    };
}
