using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>The extensions that path validation looks at (RFC 5280 §4.2.1); <c>null</c> where absent.</summary>
internal sealed record CertificateExtensions
{
    internal BasicConstraints? BasicConstraints { get; init; }

    internal X509KeyUsageFlags? KeyUsage { get; init; }

    internal IReadOnlyList<string>? ExtendedKeyUsage { get; init; }

    internal SubjectAltName? SubjectAltName { get; init; }

    internal NameConstraints? NameConstraints { get; init; }

    internal IReadOnlyList<string>? CertificatePolicies { get; init; }

    internal IReadOnlyList<PolicyMapping> PolicyMappings { get; init; } = [];

    internal PolicyConstraints? PolicyConstraints { get; init; }

    internal int? InhibitAnyPolicy { get; init; }

    /// <summary>keyIdentifier alone: which of the issuer's keys, where it has several.</summary>
    internal ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; init; }

    internal ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; init; }

    /// <summary>A critical extension that nobody here understands; who relies on the certificate must refuse it (RFC 5280 §4.2).</summary>
    internal string? UnknownCritical { get; init; }

    /// <summary>See <see cref="TbsCertificate.FormDefect"/>.</summary>
    internal string? FormDefect { get; init; }
}

/// <summary>Whether a certificate may issue others, and how deep (RFC 5280 §4.2.1.9).</summary>
/// <param name="IsAuthority">cA.</param>
/// <param name="PathLength">How many authorities that are not self-issued may stand between it and the server.</param>
internal readonly record struct BasicConstraints(bool IsAuthority, int? PathLength);

/// <summary>The names a certificate speaks for (RFC 5280 §4.2.1.6).</summary>
internal sealed record SubjectAltName(bool IsCritical, IReadOnlyList<GeneralName> Names);

/// <summary>The names an authority's certificates may and may not hold (RFC 5280 §4.2.1.10).</summary>
internal sealed record NameConstraints(IReadOnlyList<GeneralName> Permitted, IReadOnlyList<GeneralName> Excluded);

/// <summary>The issuer holds its own policy to be equivalent to one of the subject's domain (RFC 5280 §4.2.1.5).</summary>
internal readonly record struct PolicyMapping(string IssuerDomain, string SubjectDomain);

/// <summary>After how many certificates an explicit policy is needed or mapping ends (RFC 5280 §4.2.1.11).</summary>
internal sealed record PolicyConstraints(int? RequireExplicitPolicy, int? InhibitPolicyMapping);
