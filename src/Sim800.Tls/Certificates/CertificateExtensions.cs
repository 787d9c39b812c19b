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
