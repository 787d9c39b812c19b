using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>What makes a certificate that of a TLS server with a given name.</summary>
internal static class ServerCertificateRules
{
    /// <param name="certificate">The server's own.</param>
    /// <param name="serverName">The name the user wants to reach.</param>
    /// <param name="isAnchor">It is trusted by itself: such certificates commonly say they are authorities.</param>
    internal static void Check(TbsCertificate certificate, ServerName serverName, bool isAnchor)
    {
        CheckUsage(certificate, isAnchor);
        if (certificate.Extensions.SubjectAltName is not { } names)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.NameMismatch,
                "The server's certificate has no subject alternative name; its common name does not count (RFC 9525 §2).");
        }

        if (!serverName.IsOneOf(names.Names))
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.NameMismatch,
                $"The server's certificate is not for '{serverName}' but for {SubjectAltNameText.Print(names.Names)}.");
        }
    }

    private static void CheckUsage(TbsCertificate certificate, bool isAnchor)
    {
        var extensions = certificate.Extensions;
        if (extensions.BasicConstraints is { IsAuthority: true } && !isAnchor)
        {
            throw WrongUsage("is that of an authority");
        }

        // ECDHE and TLS 1.3 need the server to sign (RFC 5246 §7.4.2, RFC 8446 §4.4.2.2).
        if (extensions.KeyUsage is { } usage && !usage.HasFlag(X509KeyUsageFlags.DigitalSignature))
        {
            throw WrongUsage("does not allow its key to sign");
        }

        if (extensions.KeyUsage is { } signing && signing.HasFlag(X509KeyUsageFlags.KeyCertSign) && !isAnchor)
        {
            throw WrongUsage("allows to sign certificates without being that of an authority (RFC 5280 §4.2.1.9)");
        }

        // A private authority may leave the purpose out; "any purpose" is not the purpose asked for.
        if (extensions.ExtendedKeyUsage is { } purposes && !purposes.Contains(Oids.ServerAuth, StringComparer.Ordinal))
        {
            throw WrongUsage("is not for TLS servers");
        }

        if (extensions.NameConstraints is not null && !isAnchor)
        {
            throw WrongUsage("holds name constraints, which only an authority may (RFC 5280 §4.2.1.10)");
        }
    }

    private static TlsCertificateException WrongUsage(string how) =>
        new(TlsCertificateStatus.WrongUsage, $"The server's certificate {how}.");
}
