using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>A chain that is met again is judged again, and not decoded again.</summary>
public sealed class DecodedCertificatesTests
{
    private static readonly TestPath Path = new();

    [Fact]
    public void The_certificates_of_an_accepted_path_are_decoded_once()
    {
        var (trust, sent) = (TestPath.TrustIn(Path.Anchor), Path.Sent());
        Validate(trust, sent);
        var first = sent.Select(der => trust.Decoded.Find(der)).ToList();
        Assert.DoesNotContain(null, first);

        Validate(trust, [.. sent.Select(der => (byte[])der.Clone())]);
        Assert.Equal(first, sent.Select(der => trust.Decoded.Find(der)));
    }

    [Fact]
    public void What_was_decoded_is_judged_all_the_same()
    {
        var (trust, sent) = (TestPath.TrustIn(Path.Anchor), Path.Sent());
        Validate(trust, sent);
        var later = new CertificateValidator(trust, TestPath.DefaultServer.NotAfter.AddSeconds(1));
        Assert.Equal(
            TlsCertificateStatus.Expired,
            Assert.Throws<TlsCertificateException>(() => later.Validate(sent, TestPath.ServerName)).Status);
    }

    [Fact]
    public void One_trust_knows_nothing_of_what_another_has_accepted()
    {
        var (trust, sent) = (TestPath.TrustIn(Path.Anchor), Path.Sent());
        Validate(trust, sent);
        var other = TestPath.DefaultRoot with { Key = TestKey.Other };
        var distrust = TestPath.TrustIn(other.Sign(other.SubjectBytes, other.Key));
        Assert.Throws<TlsCertificateException>(() => Validate(distrust, sent));
        Assert.Null(distrust.Decoded.Find(sent[0]));
        Assert.Null(trust.Or(distrust).Decoded.Find(sent[0]));
    }

    [Fact]
    public void Certificates_beside_the_path_and_those_of_a_refused_one_are_not_kept()
    {
        var (trust, sent) = (TestPath.TrustIn(Path.Anchor), Path.Sent());
        var stray = TestPath.Authority("stray").Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Other);
        Validate(trust, [.. sent, stray]);
        Assert.NotNull(trust.Decoded.Find(sent[1]));
        Assert.Null(trust.Decoded.Find(stray));

        var forged = TestPath.DefaultServer.Sign(TestPath.DefaultAuthority.SubjectBytes, TestKey.Other);
        Assert.Throws<TlsCertificateException>(() => Validate(trust, [forged, sent[1]]));
        Assert.Null(trust.Decoded.Find(forged));
    }

    [Fact]
    public void Those_that_were_not_met_for_longest_are_let_go()
    {
        var kept = new DecodedCertificates();
        var all = Enumerable.Range(0, DecodedCertificates.Most + 1)
            .Select(i => TestPath.Authority($"server {i}").Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Root)).ToList();
        foreach (var der in all.Take(DecodedCertificates.Most))
        {
            kept.Keep(X509CertificateLoader.LoadCertificate(der));
        }

        var first = kept.Find(all[0]); // met again
        kept.Keep(X509CertificateLoader.LoadCertificate(all[^1]));
        Assert.Same(first, kept.Find(all[0]));
        Assert.Null(kept.Find(all[1]));
        Assert.All(all.Skip(2), der => Assert.NotNull(kept.Find(der)));
    }

    [Fact]
    public void Of_one_that_was_decoded_twice_the_first_stays()
    {
        var (kept, der) = (new DecodedCertificates(), Path.Anchor);
        var (first, second) = (X509CertificateLoader.LoadCertificate(der), X509CertificateLoader.LoadCertificate(der));
        kept.Keep(first);
        kept.Keep(second);
        Assert.Same(first, kept.Find(der));
        Assert.Equal(nint.Zero, second.Handle); // disposed
        Assert.NotEqual(nint.Zero, first.Handle);
    }

    private static void Validate(TlsTrust trust, IReadOnlyList<byte[]> sent) =>
        new CertificateValidator(trust, TestPath.Now).Validate(sent, TestPath.ServerName);
}
