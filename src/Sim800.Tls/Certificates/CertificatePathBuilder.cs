using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>
/// Lets X509Chain find the path from the server's certificate to a trusted authority, and verify the signatures on it.
/// Nothing is fetched from the network: over a modem that would take minutes and money, and a hostile certificate would choose where.
/// </summary>
internal sealed class CertificatePathBuilder : IDisposable
{
    private readonly TlsTrust _trust;
    private readonly DateTime _now;
    private readonly X509Certificate2 _server;
    private readonly List<(TbsCertificate Content, X509Certificate2 Platform)> _known = [];
    private readonly List<(TbsCertificate Content, X509Certificate2 Platform)> _own = [];

    /// <exception cref="TlsCertificateException">The server's own certificate cannot be read by the platform.</exception>
    internal CertificatePathBuilder(TlsTrust trust, DateTimeOffset now, SentCertificates sent)
    {
        _trust = trust;
        _now = now.UtcDateTime;
        foreach (var certificate in sent.All)
        {
            Load(certificate, sent);
        }

        _server = _known[0].Platform;
        _known.AddRange(trust.Authorities.Select(authority => (authority.Content, authority.Platform)));
    }

    /// <summary>How many certificates had their signatures verified, at most.</summary>
    internal int SignatureChecks { get; private set; }

    /// <summary>What a path may lead through: what the platform can read of what was sent besides the server's own, and of what the user gave.</summary>
    internal IEnumerable<TbsCertificate> Intermediates => _known.Skip(1).Select(one => one.Content).Where(one => !IsRootOfTheUser(one));

    public void Dispose() => _own.ForEach(one => one.Platform.Dispose());

    /// <summary>Which authorities a path may lead to, those to be tried first in front; none where pins alone decide.</summary>
    internal static IEnumerable<X509ChainTrustMode> ModesOf(TlsTrust trust)
    {
        if (trust.Authorities.Count > 0)
        {
            yield return X509ChainTrustMode.CustomRootTrust;
        }

        if (trust.UsesSystemAuthorities)
        {
            yield return X509ChainTrustMode.System;
        }
    }

    /// <summary>For somebody who builds the first path before this does, out of what was sent: a path to the first of <see cref="ModesOf"/>.</summary>
    internal static X509ChainPolicy FirstPolicy(TlsTrust trust, DateTimeOffset now) => PolicyOf(
        trust.Authorities.Where(authority => !authority.IsRoot).Select(authority => authority.Platform),
        trust.Authorities.Where(authority => authority.IsRoot).Select(authority => authority.Platform),
        ModesOf(trust).FirstOrDefault(X509ChainTrustMode.CustomRootTrust),
        now.UtcDateTime);

    /// <summary>What was decoded here of an accepted path need not be decoded again.</summary>
    internal void Keep(CertificatePath accepted)
    {
        foreach (var one in _own.Where(one => accepted.Certificates.Any(certificate => ReferenceEquals(certificate, one.Content))))
        {
            _trust.Decoded.Keep(one.Platform);
        }

        _own.RemoveAll(one => accepted.Certificates.Any(certificate => ReferenceEquals(certificate, one.Content)));
    }

    /// <summary>The path that X509Chain prefers among everything that is known.</summary>
    internal CertificatePath Build(X509ChainTrustMode mode) => Build(
        _known.Skip(1).Where(one => mode == X509ChainTrustMode.System || !IsRootOfTheUser(one.Content)).Select(one => one.Platform),
        mode == X509ChainTrustMode.System ? [] : _trust.Authorities.Where(authority => authority.IsRoot).Select(authority => authority.Platform),
        mode);

    /// <summary>A path of these certificates.</summary>
    internal CertificatePath Build(IReadOnlyList<TbsCertificate> intermediates, TbsCertificate? root) => Build(
        intermediates.Select(PlatformOf),
        root is null ? [] : [PlatformOf(root)],
        root is null ? X509ChainTrustMode.System : X509ChainTrustMode.CustomRootTrust);

    /// <summary>A path that somebody has built as <see cref="FirstPolicy"/> says.</summary>
    internal CertificatePath Read(X509Chain chain)
    {
        SignatureChecks += chain.ChainElements.Count;
        return new(ReadElements(chain), Complaints(chain));
    }

    private static X509ChainPolicy PolicyOf(
        IEnumerable<X509Certificate2> intermediates, IEnumerable<X509Certificate2> roots, X509ChainTrustMode mode, DateTime now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = mode,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = now,
        };
        policy.ApplicationPolicy.Add(new Oid(Oids.ServerAuth));
        foreach (var intermediate in intermediates)
        {
            policy.ExtraStore.Add(intermediate);
        }

        foreach (var root in roots)
        {
            policy.CustomTrustStore.Add(root);
        }

        return policy;
    }

    private CertificatePath Build(IEnumerable<X509Certificate2> intermediates, IEnumerable<X509Certificate2> roots, X509ChainTrustMode mode)
    {
        using var chain = new X509Chain { ChainPolicy = PolicyOf(intermediates, roots, mode, _now) };
        try
        {
            chain.Build(_server);
            return Read(chain);
        }
        catch (CryptographicException e)
        {
            SignatureChecks++;
            return new([], X509ChainStatusFlags.PartialChain, e);
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }

    private List<TbsCertificate> ReadElements(X509Chain chain)
    {
        var path = new List<TbsCertificate>(chain.ChainElements.Count);
        foreach (var element in chain.ChainElements)
        {
            var der = element.Certificate.RawDataMemory;
            path.Add(_known.Find(one => one.Content.Der.Span.SequenceEqual(der.Span)).Content ?? TbsCertificateReader.Read(der));
        }

        return path;
    }

    private static X509ChainStatusFlags Complaints(X509Chain chain)
    {
        var all = X509ChainStatusFlags.NoError;
        foreach (var one in chain.ChainStatus)
        {
            all |= one.Status;
        }

        return all & ~X509ChainStatusFlags.NotTimeValid;
    }

    private bool IsRootOfTheUser(TbsCertificate certificate) =>
        _trust.Authorities.Any(authority => authority.IsRoot && ReferenceEquals(authority.Content, certificate));

    private X509Certificate2 PlatformOf(TbsCertificate certificate) => _known.Find(one => ReferenceEquals(one.Content, certificate)).Platform;

    /// <summary>One that the platform cannot read is on no path that it could verify; without the server's own there is none at all.</summary>
    private void Load(TbsCertificate certificate, SentCertificates sent)
    {
        if ((sent.FindDecoded(certificate) ?? _trust.Decoded.Find(certificate.Der.Span)) is { } decoded)
        {
            _known.Add((certificate, decoded));
        }
        else if (TryRead(certificate, out var refusal) is { } platform)
        {
            _own.Add((certificate, platform));
            _known.Add((certificate, platform));
        }
        else if (ReferenceEquals(certificate, sent.Server))
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Malformed, "The server's certificate cannot be read by the operating system.", refusal);
        }
    }

    private static X509Certificate2? TryRead(TbsCertificate certificate, out CryptographicException? refusal)
    {
        try
        {
            refusal = null;
            return CertificateLoader.FromDer(certificate.Der.ToArray());
        }
        catch (CryptographicException e)
        {
            refusal = e;
            return null;
        }
    }
}
