using System.Security.Cryptography;
using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Which certificates count: those of one path, and of several paths the one that is to be trusted, whatever their order.</summary>
public sealed class PathSearchTests
{
    private static readonly TestPath Path = new();
    private static readonly byte[] Server = Path.Sent()[0];
    private static readonly byte[] Issuing = Path.Sent()[1];

    public static TheoryData<string> Strays => [.. StrayCertificates.Keys];

    private static Dictionary<string, byte[]> StrayCertificates { get; } = new(StringComparer.Ordinal)
    {
        ["of another name"] = Stray(TestPath.DefaultAuthority with { Subject = "CN=stray", Key = TestKey.Other }),
        ["expired"] = Stray(TestPath.DefaultAuthority with { Subject = "CN=stray", NotAfter = TestPath.Now.AddDays(-1) }),
        ["with a weak key"] = Stray(TestPath.DefaultAuthority with { Subject = "CN=stray", Key = TestKey.Rsa(1024) }),
        ["with an unknown curve"] = Stray(TestPath.DefaultAuthority with { Subject = "CN=stray", Key = TestKey.Ec(ECCurve.CreateFromFriendlyName("secp256k1")) }),
        ["with an unknown critical extension"] = Stray((TestPath.DefaultAuthority with { Subject = "CN=stray" }).With(new TestExtension("1.2.3.4", true, [5, 0]))),
        ["of more than 32 KB"] = Stray((TestPath.DefaultAuthority with { Subject = "CN=stray" }).With(new TestExtension("1.2.3.4", false, new byte[33_000]))),
        ["no certificate"] = [0x30, 0x03, 0x02, 0x01, 0x01],
        ["no DER"] = [0x30, 0x80, 0x00, 0x00],
        ["cut"] = Issuing[..^1],
        ["empty"] = [],
        ["text"] = "-----BEGIN CERTIFICATE-----"u8.ToArray(),
    };

    [Theory]
    [MemberData(nameof(Strays))]
    public void A_certificate_that_is_not_on_the_path_does_not_matter(string what)
    {
        var stray = StrayCertificates[what];
        Accepted([Server, Issuing, stray], Path.Anchor);
        Accepted([Server, stray, Issuing], Path.Anchor);
    }

    [Fact]
    public void An_intermediate_that_cannot_be_read_is_named_as_the_reason()
    {
        var malformed = TestPath.DefaultAuthority with { AfterSignature = [0x05, 0x00] };
        Refused(TlsCertificateStatus.Malformed, [Server, malformed.Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Root)], Path.Anchor);
    }

    [Fact]
    public void The_reason_is_not_one_that_has_nothing_to_do_with_it() =>
        Refused(TlsCertificateStatus.IntermediateMissing, [Server, [0x30, 0x80, 0x00, 0x00]], Path.Anchor);

    [Fact]
    public void Of_two_intermediates_of_one_name_the_trusted_one_is_found()
    {
        // The other belongs to a root of which nobody here knows.
        var (other, otherRoot) = (TestPath.DefaultAuthority with { Key = TestKey.Other }, TestPath.DefaultRoot with { Subject = "CN=else" });
        var untrusted = other.Sign(otherRoot.SubjectBytes, TestKey.Other);
        InAnyOrder(Accepted, [untrusted, Issuing], Path.Anchor);
    }

    [Fact]
    public void Of_two_intermediates_of_one_name_and_key_the_one_with_a_trusted_root_is_found()
    {
        var cross = TestPath.DefaultAuthority.Sign(new CertificateTemplate { Subject = "CN=unknown root" }.SubjectBytes, TestKey.Other);
        InAnyOrder(Accepted, [cross, Issuing], Path.Anchor);
    }

    [Fact]
    public void Of_two_intermediates_of_one_name_the_one_that_names_allow_is_found()
    {
        var forbidden = Authority(TestPath.DefaultAuthority.With(TestExtension.NameConstraints(excluded: [TestExtension.Dns("example.com")])));
        InAnyOrder(Accepted, [forbidden, Issuing], Path.Anchor);
    }

    [Fact]
    public void Of_two_intermediates_of_one_name_the_one_that_has_not_expired_is_found()
    {
        InAnyOrder(Accepted, [Authority(TestPath.DefaultAuthority with { NotAfter = TestPath.Now.AddDays(-1) }), Issuing], Path.Anchor);
        InAnyOrder(Accepted, [Authority(TestPath.DefaultAuthority with { NotBefore = TestPath.Now.AddDays(1) }), Issuing], Path.Anchor);
    }

    [Fact]
    public void Of_two_intermediates_of_one_name_the_one_with_all_rights_is_found()
    {
        InAnyOrder(Accepted, [Authority(TestPath.DefaultAuthority.Without("2.5.29.19")), Issuing], Path.Anchor);
        InAnyOrder(Accepted, [Authority(TestPath.DefaultAuthority.With(TestExtension.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2"))), Issuing], Path.Anchor);
        InAnyOrder(Accepted, [Authority(TestPath.DefaultAuthority with { Hash = HashAlgorithmName.SHA1 }), Issuing], Path.Anchor);
        InAnyOrder(Accepted, [Authority(TestPath.DefaultAuthority.With(new TestExtension("1.2.3.4", true, [5, 0]))), Issuing], Path.Anchor);
        InAnyOrder(Accepted, [Authority(TestPath.DefaultAuthority.With(TestExtension.PolicyConstraints(0))), Issuing], Path.Anchor);
    }

    [Fact]
    public void Of_two_roots_of_one_name_the_one_that_signed_is_found()
    {
        var impostor = TestPath.DefaultRoot with { Key = TestKey.Other };
        var other = impostor.Sign(impostor.SubjectBytes, impostor.Key);
        Accepted([Server, Issuing], other, Path.Anchor);
        Accepted([Server, Issuing], Path.Anchor, other);
    }

    [Fact]
    public void A_renewed_root_of_one_key_is_found_beside_the_expired_one()
    {
        var expired = TestPath.DefaultRoot with { NotAfter = TestPath.Now.AddDays(-1) };
        var old = expired.Sign(expired.SubjectBytes, expired.Key);
        Accepted([Server, Issuing], old, Path.Anchor);
        Accepted([Server, Issuing], Path.Anchor, old);
        Accepted([Server, Issuing, old], Path.Anchor);
    }

    [Fact]
    public void A_root_that_is_also_signed_by_an_expired_one_is_enough()
    {
        var old = TestPath.DefaultRoot with { Subject = "CN=old root", Key = TestKey.Other, NotAfter = TestPath.Now.AddDays(-1) };
        var (oldRoot, cross) = (old.Sign(old.SubjectBytes, old.Key), TestPath.DefaultRoot.Sign(old.SubjectBytes, old.Key));
        Accepted([Server, Issuing, cross, oldRoot], oldRoot, Path.Anchor);
        Accepted([Server, Issuing, cross, oldRoot], Path.Anchor, oldRoot);
        Refused(TlsCertificateStatus.Expired, [Server, Issuing, cross], oldRoot);
    }

    [Fact]
    public void The_failure_told_is_that_of_the_path_that_got_furthest()
    {
        var unknown = TestPath.DefaultAuthority.Sign(new CertificateTemplate { Subject = "CN=unknown root" }.SubjectBytes, TestKey.Other);
        var expired = Authority(TestPath.DefaultAuthority with { NotAfter = TestPath.Now.AddDays(-1) });
        var forged = TestPath.DefaultAuthority.Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Other);
        InAnyOrder((sent, anchors) => Refused(TlsCertificateStatus.Expired, sent, anchors), [unknown, expired, forged], Path.Anchor);
        InAnyOrder((sent, anchors) => Refused(TlsCertificateStatus.BadSignature, sent, anchors), [unknown, forged], Path.Anchor);
    }

    [Fact]
    public void A_message_full_of_certificates_of_one_name_costs_a_bounded_number_of_signatures()
    {
        // Each could have issued each other, and the trusted root could have issued all, by the names.
        var template = TestPath.DefaultAuthority with { SubjectDer = TestPath.DefaultRoot.SubjectBytes };
        var server = TestPath.DefaultServer.Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Other);
        byte[][] many = [server, .. Enumerable.Range(0, 9).Select(_ => (template with { Key = TestKey.P256() }).Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Other))];
        var search = new PathSearch(TestPath.TrustIn(Path.Anchor), TestPath.Now, new SentCertificates(many));
        Assert.Throws<TlsCertificateException>(search.Find);
        Assert.InRange(search.SignatureChecks, 20, PathSearch.MostSignatureChecks + CertificateValidator.MostCertificates);
    }

    [Fact]
    public void A_usual_path_costs_its_own_signatures_alone()
    {
        var search = new PathSearch(TestPath.TrustIn(Path.Anchor), TestPath.Now, new SentCertificates([Server, Issuing]));
        Assert.Equal(3, search.Find().Count);
        Assert.Equal(3, search.SignatureChecks);
    }

    [Fact]
    public void The_good_path_is_found_among_as_many_as_a_message_holds()
    {
        var others = Enumerable.Range(0, 8).Select(_ => Authority(TestPath.DefaultAuthority with { Key = TestKey.P256() }));
        Accepted([Server, .. others, Issuing], Path.Anchor);
    }

    [Fact]
    public void A_validity_holds_to_the_end_of_its_last_second()
    {
        var end = TestPath.Now;
        foreach (var path in new[]
        {
            new TestPath { Server = TestPath.DefaultServer with { NotAfter = end } },
            new TestPath { Authorities = [TestPath.DefaultAuthority with { NotAfter = end }] },
            new TestPath { Root = TestPath.DefaultRoot with { NotAfter = end } },
        })
        {
            (path with { Time = end }).IsAccepted();
            (path with { Time = end.AddMilliseconds(999) }).IsAccepted();
            (path with { Time = end.AddMilliseconds(999).ToOffset(TimeSpan.FromHours(5)) }).IsAccepted();
            (path with { Time = end.AddSeconds(1) }).IsRefused(TlsCertificateStatus.Expired);
        }
    }

    [Fact]
    public void A_server_whose_own_certificate_the_user_gave_is_trusted_like_a_pinned_one()
    {
        Accepted([Server], Server);
        Accepted([Server, Issuing], Server);
        Refused(TlsCertificateStatus.UnknownAuthority, Path.Sent(), Server);
    }

    [Fact]
    public void An_intermediate_given_as_a_root_is_called_one()
    {
        foreach (var sent in new byte[][][] { [Server], [Server, Issuing], [Server, Path.Anchor] })
        {
            var refusal = Refused(TlsCertificateStatus.UnknownAuthority, sent, Issuing);
            Assert.Contains("'CN=issuing, O=Test' is an intermediate", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("'CN=root, O=Test', is not trusted", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Root_and_intermediate_may_be_given_in_any_order()
    {
        Accepted([Server], Path.Anchor, Issuing);
        Accepted([Server], Issuing, Path.Anchor);
        Accepted([Server, Path.Anchor], Issuing, Path.Anchor);
        Accepted([Server, Path.Anchor, Issuing], Issuing, Path.Anchor);
    }

    private static byte[] Authority(CertificateTemplate template) => template.Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Root);

    private static byte[] Stray(CertificateTemplate template) => template.Sign(new CertificateTemplate { Subject = "CN=nobody" }.SubjectBytes, TestKey.Other);

    private static void InAnyOrder(Action<byte[][], byte[][]> judge, byte[][] intermediates, params byte[][] anchors)
    {
        judge([Server, .. intermediates], anchors);
        judge([Server, .. intermediates.Reverse()], anchors);
        judge([Server], [.. intermediates, .. anchors]);
        judge([Server], [.. anchors, .. intermediates.Reverse()]);
    }

    [Fact]
    public void The_path_that_the_platform_has_built_costs_no_second_search_and_its_signatures_count()
    {
        var trust = TestPath.TrustIn(Path.Anchor);
        using var reading = new BuiltChain([Server, Issuing], trust, TestPath.Now);
        var search = new PathSearch(trust, TestPath.Now, new SentCertificates([Server, Issuing], reading.Content));
        Assert.Equal(3, search.Find().Count);
        Assert.Equal(3, search.SignatureChecks);
    }

    private static void Accepted(byte[][] sent, params byte[][] anchors)
    {
        var trust = TestPath.TrustIn(anchors);
        new CertificateValidator(trust, TestPath.Now).Validate(sent, TestPath.ServerName);
        if (BuiltChain.CanRead(sent))
        {
            using var built = new BuiltChain(sent, trust, TestPath.Now);
            new CertificateValidator(trust, TestPath.Now).Validate(sent, TestPath.ServerName, built.Content);
        }
    }

    private static TlsCertificateException Refused(TlsCertificateStatus status, IReadOnlyList<byte[]> sent, params byte[][] anchors)
    {
        var validator = new CertificateValidator(TestPath.TrustIn(anchors), TestPath.Now);
        var refusal = Assert.Throws<TlsCertificateException>(() => validator.Validate(sent, TestPath.ServerName));
        Assert.Equal(status, refusal.Status);
        if (BuiltChain.CanRead(sent))
        {
            using var built = new BuiltChain(sent, TestPath.TrustIn(anchors), TestPath.Now);
            var same = Assert.Throws<TlsCertificateException>(() => validator.Validate(sent, TestPath.ServerName, built.Content));
            Assert.Equal(refusal.Message, same.Message);
        }

        return refusal;
    }
}
