using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sim800.Tls.Certificates;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Trust;

public sealed class TlsTrustTests
{
    private static readonly TestPath Path = new();
    private static readonly string ServerKey = Convert.ToHexString(SHA256.HashData(TestKey.Server.PublicKeyInfo));
    private static readonly string OtherKey = Convert.ToHexString(SHA256.HashData(TestKey.Other.PublicKeyInfo));

    [Fact]
    public void A_pinned_key_needs_no_authority() => Validate(TlsTrust.PinnedPublicKey(ServerKey), [Path.Sent()[0]]);

    [Fact]
    public void Another_key_than_the_pinned_one_is_refused() =>
        Refused(TlsCertificateStatus.PinMismatch, TlsTrust.PinnedPublicKey(OtherKey), Path.Sent());

    [Fact]
    public void A_pin_alone_is_that_of_the_server_and_not_of_an_authority_it_sends_along()
    {
        // Anybody can append a certificate of somebody else.
        var authority = Convert.ToHexString(SHA256.HashData(TestKey.Intermediate.PublicKeyInfo));
        Refused(TlsCertificateStatus.PinMismatch, TlsTrust.PinnedPublicKey(authority), Path.Sent());
        Validate(TestPath.TrustIn(Path.Anchor).And(TlsTrust.PinnedPublicKey(authority)), Path.Sent());
    }

    [Fact]
    public void A_pin_added_to_authorities_counts_only_on_the_path_that_was_verified()
    {
        var stray = TestPath.DefaultAuthority with { Subject = "CN=stray", Key = TestKey.Other };
        var sent = Path.Sent().Append(stray.Sign(stray.SubjectBytes, stray.Key)).ToList();
        Refused(TlsCertificateStatus.PinMismatch, TestPath.TrustIn(Path.Anchor).And(TlsTrust.PinnedPublicKey(OtherKey)), sent);
    }

    [Fact]
    public void A_pinned_certificate_is_that_very_one()
    {
        var sent = Path.Sent();
        using var certificate = X509CertificateLoader.LoadCertificate(sent[0]);
        Validate(TlsTrust.PinnedCertificate(certificate), sent);
        Refused(TlsCertificateStatus.PinMismatch, TlsTrust.PinnedCertificate(certificate), new TestPath().Sent());
    }

    [Fact]
    public void A_pin_does_not_excuse_a_wrong_name_or_an_expired_certificate()
    {
        var expired = new TestPath { Server = TestPath.DefaultServer with { NotAfter = TestPath.Now.AddDays(-1) } };
        var renamed = TestPath.WithServer(TestExtension.DnsNames("other.example"));
        Refused(TlsCertificateStatus.Expired, TlsTrust.PinnedPublicKey(ServerKey), expired.Sent());
        Refused(TlsCertificateStatus.NameMismatch, TlsTrust.PinnedPublicKey(ServerKey), renamed.Sent());
    }

    [Fact]
    public void A_pin_added_to_authorities_must_be_met_as_well()
    {
        var authorities = TestPath.TrustIn(Path.Anchor);
        Validate(authorities.And(TlsTrust.PinnedPublicKey(ServerKey)), Path.Sent());
        Refused(TlsCertificateStatus.PinMismatch, authorities.And(TlsTrust.PinnedPublicKey(OtherKey)), Path.Sent());
        Refused(TlsCertificateStatus.UnknownAuthority, TlsTrust.System.And(TlsTrust.PinnedPublicKey(ServerKey)), Path.Sent());
    }

    [Fact]
    public void One_of_two_pins_is_enough() =>
        Validate(TlsTrust.PinnedPublicKey(OtherKey).And(TlsTrust.PinnedPublicKey(ServerKey)), Path.Sent());

    [Fact]
    public void Authorities_can_be_added_up()
    {
        var other = TestPath.DefaultRoot with { Subject = "CN=another root", Key = TestKey.Other };
        var another = TestPath.TrustIn(other.Sign(other.SubjectBytes, other.Key));
        Validate(another.Or(TestPath.TrustIn(Path.Anchor)), Path.Sent());
        Validate(TlsTrust.System.Or(TestPath.TrustIn(Path.Anchor)), Path.Sent());
        Refused(TlsCertificateStatus.UnknownAuthority, TlsTrust.System.Or(another), Path.Sent());
    }

    [Fact]
    public void Pins_come_last_and_alone()
    {
        var pin = TlsTrust.PinnedPublicKey(ServerKey);
        Assert.Throws<ArgumentException>(() => TlsTrust.System.Or(pin));
        Assert.Throws<ArgumentException>(() => pin.Or(TlsTrust.System));
        Assert.Throws<ArgumentException>(() => pin.And(TlsTrust.System));
    }

    [Fact]
    public void A_pin_may_be_written_in_every_usual_way()
    {
        var base64 = Convert.ToBase64String(Convert.FromHexString(ServerKey));
        var colons = string.Join(':', ServerKey.Chunk(2).Select(pair => new string(pair)));
        foreach (var text in new[] { ServerKey, ServerKey.ToLowerInvariant(), colons, base64, "sha256//" + base64 })
        {
            Assert.Equal(TlsTrust.PinnedPublicKey(ServerKey).Fingerprint, TlsTrust.PinnedPublicKey(text).Fingerprint);
        }
    }

    [Theory]
    [InlineData("00")]
    [InlineData("AAAA")]
    [InlineData("sha256//")]
    [InlineData("xx8c7fdd2ba2d6c8f1c2b8ed1d1e9e0c9c8c7fdd2ba2d6c8f1c2b8ed1d1e9e0c9")]
    [InlineData("")]
    public void What_is_no_SHA_256_is_no_pin(string text) => Assert.ThrowsAny<ArgumentException>(() => TlsTrust.PinnedPublicKey(text));

    [Fact]
    public void The_fingerprint_tells_trust_sets_apart_and_not_their_order()
    {
        var (first, second) = (TestPath.TrustIn(Path.Anchor), TestPath.TrustIn(Path.Sent()[1]));
        Assert.Equal(first.Or(second).Fingerprint, second.Or(first).Fingerprint);
        string[] fingerprints =
        [
            TlsTrust.System.Fingerprint,
            first.Fingerprint,
            second.Fingerprint,
            first.Or(TlsTrust.System).Fingerprint,
            first.And(TlsTrust.PinnedPublicKey(ServerKey)).Fingerprint,
            TlsTrust.PinnedPublicKey(ServerKey).Fingerprint,
        ];
        Assert.Distinct(fingerprints);
    }

    [Fact]
    public void A_PEM_text_without_a_certificate_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TlsTrust.FromPem(""));
        Assert.Throws<ArgumentException>(() => TlsTrust.FromPem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"));
        Assert.Throws<ArgumentException>(() => TlsTrust.FromCertificates([]));
    }

    [Fact]
    public void A_damaged_certificate_among_good_ones_is_not_passed_over()
    {
        var good = PemEncoding.WriteString("CERTIFICATE", Path.Anchor);
        Assert.Throws<ArgumentException>(() => TlsTrust.FromPem(good + "\n" + good.Replace("M", "?", StringComparison.Ordinal)));
        Assert.Throws<ArgumentException>(() => TlsTrust.FromPem(good + "\n" + PemEncoding.WriteString("CERTIFICATE", [0x30, 0x00])));
    }

    [Fact]
    public void A_PEM_file_may_hold_comments_and_several_certificates()
    {
        var text = "# our brokers\n" + PemEncoding.WriteString("CERTIFICATE", Path.Sent()[1]) + "\nroot:\n"
            + PemEncoding.WriteString("CERTIFICATE", Path.Anchor) + "\n";
        var file = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            Validate(TlsTrust.FromPemFile(file), [Path.Sent()[0]]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_IO_error() =>
        Assert.ThrowsAny<IOException>(() => TlsTrust.FromPemFile("/nonexistent/ca.pem"));

    [Fact]
    public void The_authorities_of_this_system_pass_our_rules_for_anchors()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        var refused = store.Certificates.Select(root => (root.Subject, Refusal: Record.Exception(() => Judge(root.RawData))))
            .Where(row => row.Refusal is not null)
            .Select(row => $"{row.Subject}: {row.Refusal!.Message}");
        Assert.True(!refused.Any(), string.Join("\n", refused));

        static void Judge(byte[] root)
        {
            var certificate = TbsCertificateReader.Read(root);
            PublicKeyRules.Check(certificate);
            if (certificate.Extensions.BasicConstraints is not { IsAuthority: false })
            {
                // A development server's own certificate may be in the store as well; it issues nothing.
                AuthorityRules.CheckAnchor(certificate);
            }
        }
    }

    private static void Validate(TlsTrust trust, IReadOnlyList<byte[]> sent) =>
        new CertificateValidator(trust, TestPath.Now).Validate(sent, TestPath.ServerName);

    private static void Refused(TlsCertificateStatus status, TlsTrust trust, IReadOnlyList<byte[]> sent) =>
        Assert.Equal(status, Assert.Throws<TlsCertificateException>(() => Validate(trust, sent)).Status);
}
