namespace Sim800.Tls.Certificates;

/// <summary>What a certificate says, in the terms of RFC 5280 §4.1.2. Made by <see cref="TbsCertificateReader"/>.</summary>
/// <param name="Der">The whole certificate, signature included.</param>
/// <param name="Version">1 to 3.</param>
/// <param name="Signature">The AlgorithmIdentifier of the issuer's signature, DER.</param>
/// <param name="SignatureValue">The issuer's signature.</param>
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
    ReadOnlyMemory<byte> SignatureValue,
    ReadOnlyMemory<byte> Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    ReadOnlyMemory<byte> Subject,
    ReadOnlyMemory<byte> SubjectPublicKeyInfo,
    CertificateExtensions Extensions)
{
    private IReadOnlyList<string>? _canonicalSubject;
    private IReadOnlyList<string>? _canonicalIssuer;

    /// <summary>A departure from the profile that authorities in every system's store are known for, forgiven to a trust
    /// anchor alone; <c>null</c> without one.</summary>
    internal string? FormDefect { get; init; }

    /// <summary>Issued by an entity to itself: a key roll-over or a root (RFC 5280 §3.2).</summary>
    internal bool IsSelfIssued => Issuer.Span.SequenceEqual(Subject.Span);

    /// <summary>The subject is the key's holder with this very name and key.</summary>
    internal bool IsSameEntityAs(TbsCertificate other) =>
        Subject.Span.SequenceEqual(other.Subject.Span) && SubjectPublicKeyInfo.Span.SequenceEqual(other.SubjectPublicKeyInfo.Span);

    /// <summary>It may have been issued by <paramref name="issuer"/>, by the name (RFC 5280 §6.1.3 a 4); the key is another question.</summary>
    internal bool NamesAsIssuer(TbsCertificate issuer) =>
        Issuer.Span.SequenceEqual(issuer.Subject.Span) || CanonicalIssuer.SequenceEqual(issuer.CanonicalSubject, StringComparer.Ordinal);

    /// <summary>It names another key of its issuer than that of <paramref name="issuer"/> (RFC 5280 §4.2.1.1).</summary>
    internal bool NamesAnotherKeyThan(TbsCertificate issuer) =>
        Extensions.AuthorityKeyIdentifier is { } wanted
        && issuer.Extensions.SubjectKeyIdentifier is { } found
        && !wanted.Span.SequenceEqual(found.Span);

    /// <summary>The subject for messages, of bounded length.</summary>
    internal string SubjectText => DistinguishedName.Print(Subject);

    /// <summary>The issuer for messages, of bounded length.</summary>
    internal string IssuerText => DistinguishedName.Print(Issuer);

    private IReadOnlyList<string> CanonicalSubject => _canonicalSubject ??= DistinguishedName.Canonical(Subject);

    private IReadOnlyList<string> CanonicalIssuer => _canonicalIssuer ??= DistinguishedName.Canonical(Issuer);
}
