using System.Security.Cryptography.X509Certificates;

namespace TestKit.Hostile.Tls;

/// <summary>What a scripted server shows of itself: a certificate with its key, of P-256, and the one that issued it.</summary>
public sealed record TlsServerIdentity(X509Certificate2 Certificate, X509Certificate2 Issuer);
