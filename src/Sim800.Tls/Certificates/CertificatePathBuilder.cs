using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>
/// Finds the path from the server's certificate to a trusted authority with X509Chain, which also verifies the signatures.
/// Nothing is fetched from the network: over a modem that would take minutes and money, and a hostile certificate would choose where.
/// </summary>
internal sealed class CertificatePathBuilder(TlsTrust trust, DateTimeOffset now)
{
    /// <summary>The user's authorities first, then those of the system; the path that goes further if none is trusted.</summary>
    /// <exception cref="TlsCertificateException">A certificate cannot be read.</exception>
    internal CertificatePath Build(IReadOnlyList<byte[]> sent)
    {
        var loaded = new List<X509Certificate2>();
        try
        {
            loaded.AddRange(sent.Concat(trust.Authorities).Select(CertificateLoader.FromDer));
            var certificates = loaded.Take(sent.Count).ToList();
            var authorities = loaded.Skip(sent.Count).ToList();
            var path = trust.Authorities.Count > 0 ? Build(certificates, authorities, X509ChainTrustMode.CustomRootTrust) : null;
            return path is { EndsInTrust: true } || !trust.UsesSystemAuthorities
                ? path!
                : Build(certificates, authorities, X509ChainTrustMode.System);
        }
        catch (CryptographicException e)
        {
            throw new TlsCertificateException(TlsCertificateStatus.Malformed, "A certificate of the server cannot be read.", e);
        }
        finally
        {
            loaded.ForEach(certificate => certificate.Dispose());
        }
    }

    private CertificatePath Build(List<X509Certificate2> sent, List<X509Certificate2> authorities, X509ChainTrustMode mode)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = mode;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(Oids.ServerAuth));
        chain.ChainPolicy.ExtraStore.AddRange(sent.Skip(1).ToArray());
        foreach (var authority in authorities)
        {
            var isRoot = authority.SubjectName.RawData.AsSpan().SequenceEqual(authority.IssuerName.RawData);
            (isRoot && mode == X509ChainTrustMode.CustomRootTrust ? chain.ChainPolicy.CustomTrustStore : chain.ChainPolicy.ExtraStore)
                .Add(authority);
        }

        chain.Build(sent[0]);
        var path = chain.ChainElements.Select(element => TbsCertificateReader.Read(element.Certificate.RawData)).ToList();
        foreach (var element in chain.ChainElements)
        {
            element.Certificate.Dispose();
        }

        return new(path, chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status));
    }
}
