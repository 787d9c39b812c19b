using System.Security.Cryptography;
using Sim800.Tls.Tests.Certificates.Making;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Keys of a strength that protects and of a kind that can be computed with (CA/B baseline §6.1.5).</summary>
public sealed class PublicKeyRulesTests
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string EcPublicKey = "1.2.840.10045.2.1";

    [Fact]
    public void RSA_of_2048_bits_is_accepted() => With(TestKey.Rsa2048).IsAccepted();

    [Fact]
    public void RSA_of_1024_bits_is_weak()
    {
        using var rsa = RSA.Create(1024);
        Weak(With(rsa.ExportSubjectPublicKeyInfo()), "RSA with 1024 bits");
    }

    [Theory]
    [InlineData(2047)]
    [InlineData(8193)]
    public void RSA_outside_of_2048_to_8192_bits_is_weak(int bits) =>
        Weak(With(RsaKey(Modulus(bits), [1, 0, 1])), $"RSA with {bits} bits");

    [Theory]
    [InlineData("02")]
    [InlineData("01")]
    [InlineData("00")]
    [InlineData("010000")]
    public void An_RSA_exponent_that_is_even_or_1_is_refused(string exponent) =>
        Weak(With(RsaKey(Modulus(2048), Convert.FromHexString(exponent))), "that no RSA key can be");

    [Fact]
    public void An_even_RSA_modulus_is_refused()
    {
        var modulus = Modulus(2048);
        modulus[^1] = 0xFE;
        Weak(With(RsaKey(modulus, [1, 0, 1])), "that no RSA key can be");
    }

    [Fact]
    public void A_negative_RSA_modulus_is_refused() => Weak(With(RsaKey(Modulus(2048)[1..], [1, 0, 1])), "RSA with 0 bits");

    [Fact]
    public void A_weak_authority_is_refused()
    {
        using var rsa = RSA.Create(1024);
        var path = new TestPath { Authorities = [TestPath.DefaultAuthority with { PublicKeyInfo = rsa.ExportSubjectPublicKeyInfo() }] };
        Assert.Equal(TlsCertificateStatus.WeakKey, path.IsRefusedByRules().Status);
    }

    [Fact]
    public void A_weak_root_is_refused()
    {
        using var rsa = RSA.Create(1024);
        var path = new TestPath { Root = TestPath.DefaultRoot with { PublicKeyInfo = rsa.ExportSubjectPublicKeyInfo() } };
        Assert.Equal(TlsCertificateStatus.WeakKey, path.IsRefusedByRules().Status);
    }

    [Theory]
    [InlineData("nistP256")]
    [InlineData("nistP384")]
    [InlineData("nistP521")]
    public void The_NIST_curves_are_accepted(string curve) => With(TestKey.Ec(ECCurve.CreateFromFriendlyName(curve))).IsAccepted();

    [Theory]
    [InlineData("1.3.132.0.10")] // secp256k1
    [InlineData("1.3.132.0.33")] // P-224
    [InlineData("1.2.840.10045.3.0.1")] // a binary curve, whose decoding was an attack on other libraries (CVE-2024-29857)
    public void Other_curves_are_refused_without_being_decoded(string curve) =>
        Weak(With(EcKey(writer => writer.WriteObjectIdentifier(curve), new byte[65])), curve);

    [Fact]
    public void A_curve_given_by_its_parameters_is_malformed() =>
        Malformed(With(EcKey(writer => writer.WriteEncodedValue(Der.Raw(0x30, 0x02, 0x01, 0x01)), new byte[65])));

    [Theory]
    [InlineData(2, 33)]
    [InlineData(4, 64)]
    [InlineData(4, 97)]
    [InlineData(0, 1)]
    public void A_point_is_uncompressed_and_of_the_curves_size(byte form, int length)
    {
        var point = new byte[length];
        point[0] = form;
        Weak(With(EcKey(writer => writer.WriteObjectIdentifier("1.2.840.10045.3.1.7"), point)), "no uncompressed point");
    }

    [Theory]
    [InlineData("1.3.101.112")] // Ed25519
    [InlineData("1.2.840.10040.4.1")] // DSA
    [InlineData("1.2.840.113549.1.1.10")] // RSA for PSS only
    public void Other_algorithms_are_refused(string oid) => Weak(With(Key(writer => writer.WriteObjectIdentifier(oid), new byte[32])), oid);

    [Fact]
    public void RSA_without_its_NULL_is_malformed() =>
        Malformed(With(Key(writer => writer.WriteObjectIdentifier(RsaEncryption), Der.Raw(0x30))));

    [Fact]
    public void Octets_behind_an_RSA_key_are_malformed() => Malformed(With(Key(
        writer =>
        {
            writer.WriteObjectIdentifier(RsaEncryption);
            writer.WriteNull();
        },
        [.. Der.Raw(0x30, [.. Der.Raw(0x02, Modulus(2048)), .. Der.Raw(0x02, 1, 0, 1)]), 0x05, 0x00])));

    private static TestPath With(TestKey key) => new() { Server = TestPath.DefaultServer with { Key = key } };

    private static TestPath With(byte[] publicKeyInfo) => new() { Server = TestPath.DefaultServer with { PublicKeyInfo = publicKeyInfo } };

    private static void Weak(TestPath path, string why) => Refused(path, TlsCertificateStatus.WeakKey, why);

    private static void Malformed(TestPath path) => Refused(path, TlsCertificateStatus.Malformed, "malformed key");

    // Platforms differ in what they make of such keys; the whole validator refuses them either way.
    private static void Refused(TestPath path, TlsCertificateStatus status, string why)
    {
        var refusal = path.IsRefusedByRules();
        Assert.Equal(status, refusal.Status);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        Assert.Throws<TlsCertificateException>(() => path.Validate(path.Anchor, path.Sent(), TestPath.ServerName));
    }

    // An odd number of exactly so many bits, with the octet that keeps it positive.
    private static byte[] Modulus(int bits)
    {
        var modulus = new byte[(bits / 8) + 1];
        modulus.AsSpan(1).Fill(0xA5);
        modulus[0] = (byte)(bits % 8 == 0 ? 0 : (1 << (bits % 8)) - 1);
        return modulus;
    }

    private static byte[] RsaKey(byte[] modulus, byte[] exponent) => Key(
        writer =>
        {
            writer.WriteObjectIdentifier(RsaEncryption);
            writer.WriteNull();
        },
        Der.Raw(0x30, [.. Der.Raw(0x02, modulus), .. Der.Raw(0x02, exponent)]));

    private static byte[] EcKey(Action<System.Formats.Asn1.AsnWriter> curve, byte[] point) => Key(
        writer =>
        {
            writer.WriteObjectIdentifier(EcPublicKey);
            curve(writer);
        },
        point);

    private static byte[] Key(Action<System.Formats.Asn1.AsnWriter> algorithm, byte[] key) => Der.Sequence(writer =>
    {
        writer.WriteEncodedValue(Der.Sequence(algorithm));
        writer.WriteBitString(key);
    });
}
