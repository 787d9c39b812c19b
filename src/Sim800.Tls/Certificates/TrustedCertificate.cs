using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>A certificate given by the user: a root to be trusted, or an intermediate that helps to find the path to one. Read once.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Platform">The same for X509Chain, which does not change it; kept as long as the trust.</param>
internal sealed record TrustedCertificate(TbsCertificate Content, X509Certificate2 Platform)
{
    /// <summary>Only those that are their own issuer are trusted.</summary>
    internal bool IsRoot => Content.IsSelfIssued;

    internal ReadOnlyMemory<byte> Der => Content.Der;

    /// <exception cref="ArgumentException">It cannot be used.</exception>
    internal static TrustedCertificate Read(byte[] der, int ordinal)
    {
        try
        {
            return new(TbsCertificateReader.ReadForm(der), CertificateLoader.FromDer(der));
        }
        catch (AsnContentException e)
        {
            throw new ArgumentException($"Certificate {ordinal} {TbsCertificateReader.HowOf(e)}, so it cannot be trusted.", nameof(der), e);
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"Certificate {ordinal} cannot be read by the operating system.", nameof(der), e);
        }
    }
}
