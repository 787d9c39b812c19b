namespace Sim800.Tls.Certificates;

/// <summary>What each <see cref="TlsCertificateStatus"/> tells the user to do, and the server by an alert.</summary>
internal static class CertificateStatusText
{
    internal static TlsRemedy RemedyOf(TlsCertificateStatus status) => status switch
    {
        TlsCertificateStatus.Expired => TlsRemedy.RenewServerCertificate,
        TlsCertificateStatus.NotYetValid => TlsRemedy.CheckClock,
        TlsCertificateStatus.ClockUnset => TlsRemedy.SetClock,
        TlsCertificateStatus.UnknownAuthority => TlsRemedy.TrustAuthority,
        TlsCertificateStatus.IntermediateMissing => TlsRemedy.SendFullChain,
        TlsCertificateStatus.NameMismatch => TlsRemedy.UseCertifiedName,
        TlsCertificateStatus.WrongUsage => TlsRemedy.IssueForServers,
        TlsCertificateStatus.PinMismatch => TlsRemedy.PinNewKey,
        TlsCertificateStatus.WeakKey => TlsRemedy.IssueForStrongerKey,
        TlsCertificateStatus.WeakSignature => TlsRemedy.SignWithStrongerAlgorithm,
        TlsCertificateStatus.Revoked => TlsRemedy.ReplaceServerCertificate,
        _ => TlsRemedy.IssueCorrectChain,
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
