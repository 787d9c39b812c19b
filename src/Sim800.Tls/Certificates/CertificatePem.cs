using System.Security.Cryptography;

namespace Sim800.Tls.Certificates;

/// <summary>The certificates in a PEM text (RFC 7468), in their order.</summary>
internal static class CertificatePem
{
    private const string Begin = "-----BEGIN CERTIFICATE-----";

    /// <exception cref="ArgumentException">There is none, or one cannot be read.</exception>
    internal static IReadOnlyList<byte[]> Read(string pem)
    {
        var certificates = new List<byte[]>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is "CERTIFICATE")
            {
                certificates.Add(Checked(Convert.FromBase64String(rest[fields.Base64Data].ToString()), certificates.Count + 1));
            }

            rest = rest[fields.Location.End..];
        }

        if (certificates.Count == 0)
        {
            throw new ArgumentException($"There is no certificate in this PEM text; one begins with '{Begin}'.", nameof(pem));
        }

        // PemEncoding steps over a block it cannot decode, and an authority must not get lost without a word.
        return certificates.Count == pem.AsSpan().Count(Begin)
            ? certificates
            : throw new ArgumentException("A certificate in this PEM text is damaged.", nameof(pem));
    }

    private static byte[] Checked(byte[] der, int ordinal)
    {
        try
        {
            using var certificate = CertificateLoader.FromDer(der);
            return certificate.RawData;
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"Certificate {ordinal} in this PEM text cannot be read.", nameof(der), e);
        }
    }
}
