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
}
