namespace Sim800.Tls.Certificates;

/// <summary>What a certificate says, in the terms of RFC 5280 §4.1.2. Made by <see cref="TbsCertificateReader"/>.</summary>
/// <param name="Der">The whole certificate, signature included.</param>
/// <param name="Version">1 to 3.</param>
/// <param name="Signature">The AlgorithmIdentifier of the issuer's signature, DER.</param>
/// <param name="Issuer">A Name, DER.</param>
/// <param name="NotBefore">First second of validity.</param>
/// <param name="NotAfter">Last second of validity.</param>
/// <param name="Subject">A Name, DER.</param>
/// <param name="SubjectPublicKeyInfo">The key with its algorithm, DER.</param>
/// <param name="Extensions">What they say.</param>
internal sealed record TbsCertificate(
    ReadOnlyMemory<byte> Der,
    int Version,
    ReadOnlyMemory<byte> Signature,
    ReadOnlyMemory<byte> Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    ReadOnlyMemory<byte> Subject,
    ReadOnlyMemory<byte> SubjectPublicKeyInfo,
    CertificateExtensions Extensions)
{
    /// <summary>A departure from the profile that authorities in every system's store are known for, forgiven to a trust
    /// anchor alone; <c>null</c> without one.</summary>
    internal string? FormDefect { get; init; }

    /// <summary>Issued by an entity to itself: a key roll-over or a root (RFC 5280 §3.2).</summary>
    internal bool IsSelfIssued => Issuer.Span.SequenceEqual(Subject.Span);

    /// <summary>The subject for messages: printable, and of bounded length.</summary>
    internal string SubjectText => DistinguishedName.Print(Subject);

    /// <summary>The issuer for messages: printable, and of bounded length.</summary>
    internal string IssuerText => DistinguishedName.Print(Issuer);
}
