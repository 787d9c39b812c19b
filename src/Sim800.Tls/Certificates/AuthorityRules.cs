using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>What entitles a certificate to issue others (RFC 5280 §6.1.4 k to n, and the purpose it may issue for).</summary>
internal static class AuthorityRules
{
    internal static void Check(TbsCertificate certificate)
    {
        var extensions = certificate.Extensions;
        Require(extensions.BasicConstraints is { IsAuthority: true }, certificate, "is no authority (RFC 5280 §6.1.4 k)");
        Require(
            extensions.KeyUsage is not { } usage || usage.HasFlag(X509KeyUsageFlags.KeyCertSign),
            certificate,
            "may not sign certificates (RFC 5280 §6.1.4 n)");
        if (extensions.ExtendedKeyUsage is { } purposes && !purposes.Contains(Oids.ServerAuth, StringComparer.Ordinal))
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.WrongUsage, $"The authority '{certificate.SubjectText}' may not issue for TLS servers.");
        }
    }

    /// <summary>An anchor is trusted by decision and may be of version 1, which says nothing (RFC 5280 §6.1.1 d); what it
    /// does say is heeded.</summary>
    internal static void CheckAnchor(TbsCertificate anchor)
    {
        if (anchor.Version == 3 || anchor.Extensions.BasicConstraints is not null)
        {
            Check(anchor);
        }
    }

    private static void Require(bool condition, TbsCertificate certificate, string otherwise)
    {
        if (!condition)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.NotAnAuthority, $"'{certificate.SubjectText}', an issuer in the server's chain, {otherwise}.");
        }
    }
}
