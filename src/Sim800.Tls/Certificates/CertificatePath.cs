using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>A path X509Chain found, and what it thinks of it.</summary>
/// <param name="Certificates">The server's first; ends wherever the search ended.</param>
/// <param name="Complaints">All complaints of X509Chain, except those about time: OpenSSL ends a validity one second early, and
/// <see cref="PathRules"/> judges every one.</param>
/// <param name="Failure">Why X509Chain gave up: a key or a signature that it cannot decode.</param>
internal sealed record CertificatePath(IReadOnlyList<TbsCertificate> Certificates, X509ChainStatusFlags Complaints, CryptographicException? Failure = null)
{
    private const X509ChainStatusFlags NoTrust =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.Cyclic;

    /// <summary>The last certificate is a trusted authority.</summary>
    internal bool EndsInTrust => !Has(NoTrust) && Certificates.Count > 0;

    internal bool Has(X509ChainStatusFlags flags) => (Complaints & flags) != X509ChainStatusFlags.NoError;
}
