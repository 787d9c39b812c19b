namespace Sim800.Tls.Certificates;

/// <summary>
/// Decides whether the server is who the user meant: a path to a trusted authority (X509Chain), RFC 5280's and the web's
/// rules that X509Chain does not enforce, the name, the pins. No network, no clock of its own.
/// </summary>
internal sealed class CertificateValidator(TlsTrust trust, DateTimeOffset now)
{
    /// <summary>Public chains have two to four certificates.</summary>
    internal const int MostCertificates = 10;

    /// <param name="derChain">As the server sent it, its own first.</param>
    /// <param name="serverName">A DNS name or an IP address.</param>
    /// <param name="platform">What the platform has made of the chain already, if anything; stays the caller's.</param>
    /// <exception cref="TlsCertificateException">It is not to be trusted.</exception>
    /// <exception cref="ArgumentException"><paramref name="serverName"/> is no name.</exception>
    internal void Validate(IReadOnlyList<byte[]> derChain, string serverName, PlatformReading? platform = null)
    {
        var name = ServerName.Parse(serverName);
        if (derChain.Count is 0 or > MostCertificates)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Malformed, $"The server sent {derChain.Count} certificates; 1 to {MostCertificates} are accepted.");
        }

        // Ours reads first: what it refuses never reaches the platform's parser.
        var sent = new SentCertificates(derChain, platform);
        var path = IsTrustedItself(sent.Server) ? CheckedAlone(sent.Server) : FindPath(sent);
        ServerCertificateRules.Check(sent.Server, name, isAnchor: path.Count == 1);
        CheckPins(path);
    }

    // A pinned server needs no authority; of a self-signed one that the user trusts there is no path to find.
    private bool IsTrustedItself(TbsCertificate server) => trust.IsPinOnly || (server.IsSelfIssued && IsGiven(server));

    private bool IsGiven(TbsCertificate server) => trust.Authorities.Any(authority => server.Der.Span.SequenceEqual(authority.Der.Span));

    private IReadOnlyList<TbsCertificate> CheckedAlone(TbsCertificate server)
    {
        PathRules.Check([server], now);
        return [server];
    }

    private IReadOnlyList<TbsCertificate> FindPath(SentCertificates sent)
    {
        try
        {
            return new PathSearch(trust, now, sent).Find();
        }
        catch (TlsCertificateException e) when (
            e.Status is TlsCertificateStatus.UnknownAuthority or TlsCertificateStatus.IntermediateMissing && IsGiven(sent.Server))
        {
            // The user has no root and gave the server's own certificate: that very one is trusted, as if it were pinned.
            return CheckedAlone(sent.Server);
        }
    }

    private void CheckPins(IReadOnlyList<TbsCertificate> path)
    {
        if (trust.Pins.Count > 0 && !path.Any(certificate => trust.Pins.Any(pin => pin.Matches(certificate))))
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.PinMismatch, $"No pinned key is in the chain of '{path[0].SubjectText}'.");
        }
    }
}
