namespace Sim800.Tls.Certificates;

/// <summary>The names a certificate speaks for (RFC 5280 §4.2.1.6).</summary>
internal sealed record SubjectAltName(bool IsCritical, IReadOnlyList<GeneralName> Names);
