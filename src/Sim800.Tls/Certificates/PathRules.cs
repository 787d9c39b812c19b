namespace Sim800.Tls.Certificates;

/// <summary>
/// The path from an authority to a server, rule by rule (RFC 5280 §6.1). Signatures and the choice of the path are left
/// to X509Chain; everything here is said in the certificates alone.
/// </summary>
internal static class PathRules
{
    /// <param name="path">The server's certificate first, the trust anchor last; one and the same where the server's
    /// own certificate is trusted.</param>
    /// <param name="now">The time to judge by.</param>
    /// <exception cref="TlsCertificateException">The first rule that is broken, seen from the anchor.</exception>
    internal static void Check(IReadOnlyList<TbsCertificate> path, DateTimeOffset now)
    {
        var anchor = path[^1];
        var lengthLeft = int.MaxValue;
        var names = new NameConstraintRules();
        var policies = new PolicyRules(path.Count - 1);
        CheckUse(anchor, now);
        if (path.Count > 1)
        {
            AuthorityRules.CheckAnchor(anchor);
            Prepare(anchor);
        }

        for (var i = path.Count - 2; i >= 0; i--)
        {
            var (certificate, isServer) = (path[i], i == 0);
            CheckForm(certificate);
            CheckUse(certificate, now);
            SignatureRules.Check(certificate);
            if (isServer || !certificate.IsSelfIssued)
            {
                names.Check(certificate);
            }

            policies.Process(certificate, isServer);
            if (!isServer)
            {
                AuthorityRules.Check(certificate);
                lengthLeft = Descend(certificate, lengthLeft);
                Prepare(certificate);
            }
        }

        void Prepare(TbsCertificate authority)
        {
            names.Add(authority.Extensions.NameConstraints);
            lengthLeft = Math.Min(lengthLeft, authority.Extensions.BasicConstraints?.PathLength ?? int.MaxValue);
        }
    }

    /// <summary>Whether <see cref="Check"/> has nothing to say.</summary>
    internal static bool IsKept(IReadOnlyList<TbsCertificate> path, DateTimeOffset now)
    {
        try
        {
            Check(path, now);
            return true;
        }
        catch (TlsCertificateException)
        {
            return false;
        }
    }

    // A self-issued certificate rolls a key over and is no further authority (RFC 5280 §6.1.4 l).
    private static int Descend(TbsCertificate authority, int lengthLeft)
    {
        if (authority.IsSelfIssued)
        {
            return lengthLeft;
        }

        return lengthLeft > 0
            ? lengthLeft - 1
            : throw new TlsCertificateException(
                TlsCertificateStatus.PathTooLong,
                $"The authority '{authority.SubjectText}' stands deeper than one above it permits (RFC 5280 §6.1.4 l).");
    }

    private static void CheckForm(TbsCertificate certificate)
    {
        if (certificate.FormDefect is { } defect)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Malformed, $"The certificate of '{certificate.SubjectText}' {defect}.");
        }

        if (certificate.Version != 3)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Malformed,
                $"The certificate of '{certificate.SubjectText}' is of version {certificate.Version}, which cannot say what it is for.");
        }
    }

    private static void CheckUse(TbsCertificate certificate, DateTimeOffset now)
    {
        CheckCritical(certificate);
        CheckValidity(certificate, now);
        PublicKeyRules.Check(certificate);
    }

    private static void CheckCritical(TbsCertificate certificate)
    {
        if (certificate.Extensions.UnknownCritical is { } oid)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.UnknownCriticalExtension,
                $"The certificate of '{certificate.SubjectText}' has the critical extension {oid}, which is not supported (RFC 5280 §4.2).");
        }
    }

    private static void CheckValidity(TbsCertificate certificate, DateTimeOffset now)
    {
        // Both ends belong to the period, and the last second is a whole one (RFC 5280 §4.1.2.5).
        if (now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond) > certificate.NotAfter.UtcTicks)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Expired,
                $"The certificate of '{certificate.SubjectText}' expired on {certificate.NotAfter:u}, and it is {now:u}.");
        }

        if (now < certificate.NotBefore)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.NotYetValid,
                $"The certificate of '{certificate.SubjectText}' is valid from {certificate.NotBefore:u}, and it is {now:u}.");
        }
    }
}
