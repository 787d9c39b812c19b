namespace Sim800.Tls.Certificates;

/// <summary>Whether a certificate may issue others, and how deep (RFC 5280 §4.2.1.9).</summary>
/// <param name="IsAuthority">cA.</param>
/// <param name="PathLength">How many authorities that are not self-issued may stand between it and the server.</param>
internal readonly record struct BasicConstraints(bool IsAuthority, int? PathLength);
