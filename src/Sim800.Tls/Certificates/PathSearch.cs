namespace Sim800.Tls.Certificates;

/// <summary>
/// Tries paths from the server's certificate to a trusted authority until one satisfies X509Chain and all rules: first the one that
/// X509Chain prefers, then those that the names allow. Bounded, as a hostile server may send certificates that all could have
/// issued each other.
/// </summary>
internal sealed class PathSearch(TlsTrust trust, DateTimeOffset now, SentCertificates sent)
{
    /// <summary>How many paths are put together by name, each from at most <see cref="Longest"/> certificates.</summary>
    internal const int MostPaths = 64;

    /// <summary>After how many certificates with verified signatures no further path is tried; the path tried last may exceed it.</summary>
    internal const int MostSignatureChecks = 64;

    private const int Longest = CertificateValidator.MostCertificates;

    private readonly List<IReadOnlyList<TbsCertificate>> _tried = [];
    private PathVerdict? _best;

    /// <summary>How much of <see cref="MostSignatureChecks"/> was used.</summary>
    internal int SignatureChecks { get; private set; }

    /// <returns>The path, the server's certificate first.</returns>
    /// <exception cref="TlsCertificateException">There is none; why the best was refused.</exception>
    internal IReadOnlyList<TbsCertificate> Find()
    {
        using var builder = new CertificatePathBuilder(trust, now, sent);
        foreach (var path in Paths(builder))
        {
            _tried.Add(path.Certificates);
            SignatureChecks = builder.SignatureChecks;
            var verdict = PathVerdict.Of(path, sent, trust, now);
            if (verdict.Refusal is null)
            {
                builder.Keep(path);
                return path.Certificates;
            }

            _best = verdict.IsBetterThan(_best) ? verdict : _best;
        }

        throw _best!.Refusal!;
    }

    private IEnumerable<CertificatePath> Paths(CertificatePathBuilder builder)
    {
        var built = sent.Chain;
        foreach (var mode in CertificatePathBuilder.ModesOf(trust))
        {
            yield return built is null ? builder.Build(mode) : builder.Read(built);
            built = null;
        }

        foreach (var (intermediates, root) in ByName([.. builder.Intermediates]).Where(IsNew).OrderBy(Doubts))
        {
            if (builder.SignatureChecks >= MostSignatureChecks)
            {
                yield break;
            }

            yield return builder.Build(intermediates, root);
        }
    }

    /// <summary>Paths whose names chain, the shortest first; without a root those that the system's authorities may complete.</summary>
    private IEnumerable<(IReadOnlyList<TbsCertificate> Intermediates, TbsCertificate? Root)> ByName(IReadOnlyList<TbsCertificate> pool)
    {
        var open = new Queue<IReadOnlyList<TbsCertificate>>([[]]);
        for (var found = 0; found < MostPaths && open.TryDequeue(out var intermediates);)
        {
            var top = intermediates.Count == 0 ? sent.Server : intermediates[^1];
            foreach (var root in trust.Authorities.Where(one => one.IsRoot && top.NamesAsIssuer(one.Content)).Take(MostPaths - found))
            {
                found++;
                yield return (intermediates, root.Content);
            }

            if (trust.UsesSystemAuthorities)
            {
                found++;
                yield return (intermediates, null);
            }

            foreach (var next in pool.Where(next => open.Count < MostPaths && IsNext(next, top, intermediates)))
            {
                open.Enqueue([.. intermediates, next]);
            }
        }
    }

    private bool IsNext(TbsCertificate next, TbsCertificate top, IReadOnlyList<TbsCertificate> intermediates) =>
        intermediates.Count < Longest - 1
        && top.NamesAsIssuer(next)
        && !next.IsSameEntityAs(sent.Server)
        && !intermediates.Any(next.IsSameEntityAs);

    // X509Chain's own choice is most often the first of these as well.
    private bool IsNew((IReadOnlyList<TbsCertificate> Intermediates, TbsCertificate? Root) candidate) =>
        candidate.Root is not { } root || !_tried.Exists(path => path.SequenceEqual([sent.Server, .. candidate.Intermediates, root]));

    /// <summary>Signatures cost more than rules: a path that the rules refuse anyway is tried last, only to say why there is none.</summary>
    private int Doubts((IReadOnlyList<TbsCertificate> Intermediates, TbsCertificate? Root) candidate)
    {
        if (candidate.Root is null)
        {
            return 0;
        }

        TbsCertificate[] path = [sent.Server, .. candidate.Intermediates, candidate.Root];
        var hasOtherKey = path.Zip(path.Skip(1)).Any(pair => pair.First.NamesAnotherKeyThan(pair.Second));
        return (PathRules.IsKept(path, now) ? 0 : 2) + (hasOtherKey ? 1 : 0);
    }
}
