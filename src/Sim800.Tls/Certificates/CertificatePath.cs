using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>A path X509Chain found, and what it thinks of it.</summary>
/// <param name="Certificates">The server's first; ends wherever the search ended.</param>
/// <param name="Status">All complaints of X509Chain.</param>
internal sealed record CertificatePath(IReadOnlyList<TbsCertificate> Certificates, X509ChainStatusFlags Status)
{
    private const X509ChainStatusFlags NoTrust =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.Cyclic;

    /// <summary>The last certificate is a trusted authority.</summary>
    internal bool EndsInTrust => (Status & NoTrust) == X509ChainStatusFlags.NoError && Certificates.Count > 0;

    internal bool Has(X509ChainStatusFlags flags) => (Status & flags) != X509ChainStatusFlags.NoError;
}
