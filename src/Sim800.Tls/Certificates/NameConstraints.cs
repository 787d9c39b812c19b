namespace Sim800.Tls.Certificates;

/// <summary>The names an authority's certificates may and may not hold (RFC 5280 §4.2.1.10).</summary>
internal sealed record NameConstraints(IReadOnlyList<GeneralName> Permitted, IReadOnlyList<GeneralName> Excluded);
