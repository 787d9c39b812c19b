using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>What is to be said of one path.</summary>
/// <param name="Refusal"><c>null</c> if it is to be trusted.</param>
/// <param name="Rank">How far it got.</param>
/// <param name="Length">How many certificates it has.</param>
internal sealed record PathVerdict(TlsCertificateException? Refusal, PathRank Rank, int Length)
{
    internal static PathVerdict Of(CertificatePath path, SentCertificates sent, TlsTrust trust, DateTimeOffset now)
    {
        var length = path.Certificates.Count;
        if (!path.EndsInTrust)
        {
            return new(ChainStatusText.Untrusted(path, sent, trust), PathRank.Untrusted, length);
        }

        if (path.Has(X509ChainStatusFlags.NotSignatureValid))
        {
            return new(
                new(TlsCertificateStatus.BadSignature, "A signature in the server's certificate chain is wrong."), PathRank.WronglySigned, length);
        }

        try
        {
            // Ours speak before the platform's other complaints: they say more.
            PathRules.Check(path.Certificates, now);
        }
        catch (TlsCertificateException e)
        {
            return new(e, PathRank.Trusted, length);
        }

        return new(
            path.Complaints == X509ChainStatusFlags.NoError ? null : ChainStatusText.Refused(path.Complaints), PathRank.Trusted, length);
    }

    /// <summary>Its refusal says more: it got further, or as far with more certificates.</summary>
    internal bool IsBetterThan(PathVerdict? other) =>
        other is null || Rank > other.Rank || (Rank == PathRank.Untrusted && other.Rank == PathRank.Untrusted && Length > other.Length);
}
