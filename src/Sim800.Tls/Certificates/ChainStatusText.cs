using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>X509Chain's verdicts in our words.</summary>
internal static class ChainStatusText
{
    private const X509ChainStatusFlags NameConstraints =
        X509ChainStatusFlags.InvalidNameConstraints | X509ChainStatusFlags.HasNotSupportedNameConstraint
        | X509ChainStatusFlags.HasNotDefinedNameConstraint | X509ChainStatusFlags.HasNotPermittedNameConstraint
        | X509ChainStatusFlags.HasExcludedNameConstraint;

    private static readonly (X509ChainStatusFlags Flags, TlsCertificateStatus Status)[] Verdicts =
    [
        (X509ChainStatusFlags.ExplicitDistrust | X509ChainStatusFlags.Revoked, TlsCertificateStatus.Revoked),
        (X509ChainStatusFlags.NotSignatureValid, TlsCertificateStatus.BadSignature),
        (X509ChainStatusFlags.NotTimeValid, TlsCertificateStatus.Expired),
        (X509ChainStatusFlags.NotValidForUsage, TlsCertificateStatus.WrongUsage),
        (NameConstraints, TlsCertificateStatus.NameConstraint),
        (X509ChainStatusFlags.InvalidBasicConstraints, TlsCertificateStatus.NotAnAuthority),
        (X509ChainStatusFlags.HasWeakSignature, TlsCertificateStatus.WeakSignature),
        (X509ChainStatusFlags.HasNotSupportedCriticalExtension, TlsCertificateStatus.UnknownCriticalExtension),
        (X509ChainStatusFlags.InvalidPolicyConstraints | X509ChainStatusFlags.NoIssuanceChainPolicy, TlsCertificateStatus.Policy),
    ];

    /// <summary>The platform refused what our own rules let pass.</summary>
    internal static TlsCertificateException Refused(X509ChainStatusFlags status)
    {
        var verdict = Verdicts.FirstOrDefault(row => (status & row.Flags) != X509ChainStatusFlags.NoError, (default, TlsCertificateStatus.Malformed));
        return new(verdict.Status, $"The operating system refused the server's certificate chain ({status}).");
    }

    /// <summary>The path does not end in an authority the user trusts.</summary>
    internal static TlsCertificateException Untrusted(CertificatePath path, SentCertificates sent, TlsTrust trust)
    {
        if (path.Failure is { } failure)
        {
            return FirstRefusal(sent.All, PublicKeyRules.Check) ?? new(TlsCertificateStatus.Malformed, "A certificate of the server cannot be read.", failure);
        }

        var top = path.Certificates.Count > 0 ? path.Certificates[^1] : sent.Server;
        if (path.Certificates.FirstOrDefault(certificate => IsGivenIntermediate(certificate, trust)) is { } given)
        {
            var root = top.IsSelfIssued ? top.SubjectText : top.IssuerText;
            return new(
                TlsCertificateStatus.UnknownAuthority,
                $"The trusted certificate '{given.SubjectText}' is an intermediate, and the root above it, '{root}', is not trusted.");
        }

        if (top.IsSelfIssued)
        {
            var what = path.Certificates.Count > 1 ? "The chain ends in" : "The server's certificate is signed by itself:";
            return new(TlsCertificateStatus.UnknownAuthority, $"{what} '{top.SubjectText}', which is not trusted.");
        }

        if (sent.WhyIssuerIsMissing(top) is { } reason)
        {
            return reason;
        }

        // X509Chain does not take a certificate for an issuer that may not issue; say that instead of "not found".
        var issuers = sent.All.Where(certificate => certificate.Subject.Span.SequenceEqual(top.Issuer.Span)).ToList();
        return FirstRefusal(issuers, AuthorityRules.Check) ?? NoIssuer(top, isFirst: path.Certificates.Count <= 1 && issuers.Count == 0);
    }

    private static bool IsGivenIntermediate(TbsCertificate certificate, TlsTrust trust) =>
        trust.Authorities.Any(authority => !authority.IsRoot && authority.Der.Span.SequenceEqual(certificate.Der.Span));

    private static TlsCertificateException? FirstRefusal(IEnumerable<TbsCertificate> certificates, Action<TbsCertificate> check)
    {
        try
        {
            foreach (var certificate in certificates)
            {
                check(certificate);
            }

            return null;
        }
        catch (TlsCertificateException e)
        {
            return e;
        }
    }

    private static TlsCertificateException NoIssuer(TbsCertificate top, bool isFirst) => isFirst
        ? new(
            TlsCertificateStatus.IntermediateMissing,
            $"The issuer of the server's certificate, '{top.IssuerText}', was not sent by the server and is not trusted.")
        : new(
            TlsCertificateStatus.UnknownAuthority,
            $"The chain ends in '{top.SubjectText}', whose issuer '{top.IssuerText}' is not trusted.");
}
