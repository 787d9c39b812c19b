namespace Sim800.Tls.Certificates;

/// <summary>After how many certificates an explicit policy is needed or mapping ends (RFC 5280 §4.2.1.11).</summary>
internal sealed record PolicyConstraints(int? RequireExplicitPolicy, int? InhibitPolicyMapping);
