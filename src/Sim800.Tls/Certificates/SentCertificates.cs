using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>
/// The certificates of the server's message. Only those on the path that is chosen are judged, so one besides that cannot be read is
/// set aside: it may have nothing to do with the server (RFC 8446 §4.4.2).
/// </summary>
internal sealed class SentCertificates
{
    private readonly List<(byte[] Der, TlsCertificateException Reason)> _unreadable = [];

    private readonly PlatformReading? _platform;

    /// <param name="derChain">As the server sent it, its own first.</param>
    /// <param name="platform">What the platform has made of them already, if anything; stays the caller's.</param>
    /// <exception cref="TlsCertificateException">The server's own cannot be read.</exception>
    internal SentCertificates(IReadOnlyList<byte[]> derChain, PlatformReading? platform = null)
    {
        _platform = platform;
        var readable = new List<TbsCertificate>(derChain.Count) { TbsCertificateReader.Read(derChain[0]) };
        foreach (var der in derChain.Skip(1))
        {
            try
            {
                readable.Add(TbsCertificateReader.Read(der));
            }
            catch (TlsCertificateException e)
            {
                _unreadable.Add((der, e));
            }
        }

        All = readable;
    }

    /// <summary>Those that can be read, the server's own first.</summary>
    internal IReadOnlyList<TbsCertificate> All { get; }

    internal TbsCertificate Server => All[0];

    /// <summary>The path that the platform has built already.</summary>
    internal X509Chain? Chain => _platform?.Chain;

    /// <summary>The same certificate as the platform has decoded it, to the last octet, or <c>null</c>: decoding costs more than verifying a signature.</summary>
    internal X509Certificate2? FindDecoded(TbsCertificate certificate) =>
        _platform?.Decoded.FirstOrDefault(one => one.RawDataMemory.Span.SequenceEqual(certificate.Der.Span));

    /// <summary>Why the issuer of <paramref name="certificate"/> is not among them: one that cannot be read, and that holds its name.</summary>
    internal TlsCertificateException? WhyIssuerIsMissing(TbsCertificate certificate) =>
        _unreadable.Find(one => one.Der.AsSpan().IndexOf(certificate.Issuer.Span) >= 0).Reason;
}

/// <summary>What the platform has made of the server's certificates before they are judged here.</summary>
/// <param name="Decoded">The certificates.</param>
/// <param name="Chain">The path that it prefers, built as <see cref="CertificatePathBuilder.FirstPolicy"/> says; <c>null</c> if it has built none.</param>
internal sealed record PlatformReading(IReadOnlyList<X509Certificate2> Decoded, X509Chain? Chain);
