using System.Security.Cryptography;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Signatures: strong (CA/B baseline §7.1.3.2) and right (RFC 5280 §6.1.3 a 1).</summary>
public sealed class SignatureRulesTests
{
    private static readonly CertificateTemplate RsaAuthority = TestPath.DefaultAuthority with { Key = TestKey.Rsa2048 };

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void SHA_2_is_accepted_with_ECDSA_and_RSA(string hash)
    {
        Signed(new(hash)).IsAccepted();
        (Signed(new(hash)) with { Authorities = [RsaAuthority] }).IsAccepted();
    }

    [Fact]
    public void SHA_1_is_weak_with_ECDSA_and_RSA()
    {
        SignedWeakly(Signed(HashAlgorithmName.SHA1), "SHA-1");
        SignedWeakly(Signed(HashAlgorithmName.SHA1) with { Authorities = [RsaAuthority] }, "SHA-1");
    }

    [Fact]
    public void MD5_is_weak() => SignedWeakly(Signed(HashAlgorithmName.MD5) with { Authorities = [RsaAuthority] }, "MD5");

    [Fact]
    public void An_authority_signed_with_SHA_1_is_weak() =>
        SignedWeakly(new TestPath { Authorities = [TestPath.DefaultAuthority with { Hash = HashAlgorithmName.SHA1 }] }, "SHA-1");

    [Fact]
    public void How_a_root_signed_itself_does_not_matter() =>
        new TestPath { Root = TestPath.DefaultRoot with { Hash = HashAlgorithmName.SHA1 } }.IsAccepted();

    [Theory]
    [InlineData("SHA256", "2.16.840.1.101.3.4.2.1", 32)]
    [InlineData("SHA384", "2.16.840.1.101.3.4.2.2", 48)]
    public void RSA_PSS_with_SHA_2_is_accepted(string hash, string oid, int salt) => (Signed(new(hash), Pss(oid, salt)) with
    {
        Authorities = [RsaAuthority],
    }).IsAccepted();

    [Fact]
    public void RSA_PSS_without_parameters_means_SHA_1_and_is_weak() => SignedWeakly(
        Signed(HashAlgorithmName.SHA256, Der.Sequence(writer =>
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.1.10");
            writer.PushSequence();
            writer.PopSequence();
        })) with
        { Authorities = [RsaAuthority] },
        "1.2.840.113549.1.1.10");

    [Fact]
    public void ECDSA_with_parameters_is_malformed() => Signed(HashAlgorithmName.SHA256, Der.Sequence(writer =>
    {
        writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
        writer.WriteNull();
    })).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void RSA_without_its_NULL_is_malformed() => SignedByRsa(
        Der.Sequence(writer => writer.WriteObjectIdentifier("1.2.840.113549.1.1.11"))).IsRefused(TlsCertificateStatus.Malformed);

    [Fact]
    public void A_signature_by_another_key_is_wrong()
    {
        var path = new TestPath();
        var forged = path.Server.Sign(TestPath.DefaultAuthority.SubjectBytes, TestKey.Other);
        var refusal = Assert.Throws<TlsCertificateException>(
            () => path.Validate(path.Anchor, [forged, path.Sent()[1]], TestPath.ServerName));
        Assert.Equal(TlsCertificateStatus.BadSignature, refusal.Status);
        Assert.Equal(TlsAlert.BadCertificate, refusal.Alert);
    }

    [Fact]
    public void An_authority_not_signed_by_the_root_is_refused()
    {
        var path = new TestPath();
        var forged = TestPath.DefaultAuthority.Sign(TestPath.DefaultRoot.SubjectBytes, TestKey.Other);
        var refusal = Assert.Throws<TlsCertificateException>(
            () => path.Validate(path.Anchor, [path.Sent()[0], forged], TestPath.ServerName));
        Assert.Equal(TlsCertificateStatus.BadSignature, refusal.Status);
    }

    private static TestPath Signed(HashAlgorithmName hash, byte[]? algorithm = null) => new()
    {
        Server = TestPath.DefaultServer with { Hash = hash, SignatureAlgorithm = algorithm, IsPss = algorithm?.Length > 40 },
    };

    private static TestPath SignedByRsa(byte[] algorithm) => new()
    {
        Authorities = [RsaAuthority],
        Server = TestPath.DefaultServer with { SignatureAlgorithm = algorithm },
    };

    private static void SignedWeakly(TestPath path, string algorithm)
    {
        // Where the platform refuses to compute it, its verdict is a wrong signature; ours must not depend on that.
        var byRules = path.IsRefusedByRules();
        Assert.Equal(TlsCertificateStatus.WeakSignature, byRules.Status);
        Assert.Contains(algorithm, byRules.Message, StringComparison.Ordinal);
        Assert.Throws<TlsCertificateException>(() => path.Validate(path.Anchor, path.Sent(), TestPath.ServerName));
    }

    private static byte[] Pss(string hash, int salt) => Der.Sequence(writer =>
    {
        writer.WriteObjectIdentifier("1.2.840.113549.1.1.10");
        var hashAlgorithm = Der.Sequence(inner => inner.WriteObjectIdentifier(hash));
        var mask = Der.Sequence(inner =>
        {
            inner.WriteObjectIdentifier("1.2.840.113549.1.1.8");
            inner.WriteEncodedValue(hashAlgorithm);
        });
        var parameters = Der.Raw(
            0x30, [.. Der.Raw(0xA0, hashAlgorithm), .. Der.Raw(0xA1, mask), .. Der.Raw(0xA2, Der.Raw(0x02, (byte)salt))]);
        writer.WriteEncodedValue(parameters);
    });
}
