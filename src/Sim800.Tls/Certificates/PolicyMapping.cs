namespace Sim800.Tls.Certificates;

/// <summary>The issuer holds its own policy to be equivalent to one of the subject's domain (RFC 5280 §4.2.1.5).</summary>
internal readonly record struct PolicyMapping(string IssuerDomain, string SubjectDomain);
