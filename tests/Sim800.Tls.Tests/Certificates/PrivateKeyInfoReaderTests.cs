using System.Formats.Asn1;
using System.Security.Cryptography;
using Sim800.Tls.Certificates.Files;

namespace Sim800.Tls.Tests.Certificates;

/// <summary>Keys that are of no use are called what they are.</summary>
public sealed class PrivateKeyInfoReaderTests
{
    private const string EcPublicKey = "1.2.840.10045.2.1";

    [Theory]
    [InlineData("1.3.101.112", "Ed25519")]
    [InlineData("1.3.101.113", "Ed448")]
    [InlineData("1.3.101.110", "X25519")]
    [InlineData("1.3.101.111", "X448")]
    [InlineData("1.2.840.10040.4.1", "DSA")]
    [InlineData("1.2.840.113549.1.1.10", "RSA-PSS alone")]
    [InlineData("1.3.101.114", "1.3.101.114")]
    [InlineData("1.3.101.11", "1.3.101.11")]
    [InlineData("1.2.840.10040.4.3", "1.2.840.10040.4.3")]
    [InlineData("1.2.840.113549.1.3.1", "1.2.840.113549.1.3.1")]
    [InlineData("2.5.4.3", "2.5.4.3")]
    public void An_algorithm_is_named(string oid, string name) =>
        Assert.StartsWith(
            $"The key in 'k' is of the algorithm {name}, which is not supported; take RSA",
            Refusal(FileContent.Pkcs8Key, Pkcs8(oid, null)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("1.3.132.0.10", "secp256k1")]
    [InlineData("1.3.132.0.33", "secp224r1")]
    [InlineData("1.2.840.10045.3.1.1", "secp192r1")]
    [InlineData("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1")]
    [InlineData("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1")]
    [InlineData("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1")]
    [InlineData("1.3.132.0.36", "1.3.132.0.36")]
    [InlineData("1.3.132.1.10", "1.3.132.1.10")]
    [InlineData("1.2.840.10045.3.1.2", "1.2.840.10045.3.1.2")]
    [InlineData("1.3.36.3.3.2.8.1.1.8", "1.3.36.3.3.2.8.1.1.8")]
    [InlineData("1.3.36.3.3.2.8.1.1.12", "1.3.36.3.3.2.8.1.1.12")]
    public void A_curve_is_named_in_either_form(string oid, string name)
    {
        var expected = $"The key in 'k' is on the curve {name}, which is not supported; take RSA";
        Assert.StartsWith(expected, Refusal(FileContent.Pkcs8Key, Pkcs8(EcPublicKey, oid)), StringComparison.Ordinal);
        Assert.StartsWith(expected, Refusal(FileContent.EcKey, Sec1(oid)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_described_by_numbers_is_to_be_named()
    {
        Assert.Contains("-param_enc named_curve", Refusal(FileContent.Pkcs8Key, Pkcs8(EcPublicKey, null)), StringComparison.Ordinal);
        Assert.StartsWith("The key in 'k' is on a curve that it does not name", Refusal(FileContent.EcKey, Sec1(null)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(FileContent.RsaKey))]
    [InlineData(nameof(FileContent.EcKey))]
    [InlineData(nameof(FileContent.Pkcs8Key))]
    public void Every_cut_of_a_key_is_damaged(string kind)
    {
        var content = Enum.Parse<FileContent>(kind);
        var octets = Key(content);
        using (var whole = PrivateKeyInfoReader.Read(content, [.. octets], "k"))
        {
            Assert.True(PrivateKeyInfoReader.LooksLike(content, octets));
            Assert.InRange(whole.KeySize, 256, 2048);
        }

        for (var length = 0; length < octets.Length; length++)
        {
            Assert.False(PrivateKeyInfoReader.LooksLike(content, octets[..length]));
            Assert.StartsWith("The key in 'k' is damaged", Refusal(content, octets[..length]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(nameof(FileContent.RsaKey))]
    [InlineData(nameof(FileContent.EcKey))]
    [InlineData(nameof(FileContent.Pkcs8Key))]
    public void A_structure_is_told_from_the_others(string kind)
    {
        var octets = Key(Enum.Parse<FileContent>(kind));
        var fitting = new[] { FileContent.RsaKey, FileContent.EcKey, FileContent.Pkcs8Key }.Where(content => PrivateKeyInfoReader.LooksLike(content, octets));
        Assert.Equal(kind, Assert.Single(fitting).ToString());
    }

    [Theory]
    [InlineData("1.2.840.113549.1.1.1")]
    [InlineData(EcPublicKey, "1.2.840.10045.3.1.7")]
    [InlineData(EcPublicKey, "1.3.132.0.34")]
    [InlineData(EcPublicKey, "1.3.132.0.35")]
    public void A_key_of_a_known_kind_with_nothing_in_it_is_damaged(string algorithm, string? curve = null) =>
        Assert.StartsWith("The key in 'k' is damaged", Refusal(FileContent.Pkcs8Key, Pkcs8(algorithm, curve)), StringComparison.Ordinal);

    private static string Refusal(FileContent content, byte[] octets) =>
        Assert.Throws<ArgumentException>(() => PrivateKeyInfoReader.Read(content, octets, "k")).Message;

    private static byte[] Key(FileContent content)
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return content switch
        {
            FileContent.RsaKey => rsa.ExportRSAPrivateKey(),
            FileContent.EcKey => ec.ExportECPrivateKey(),
            _ => ec.ExportPkcs8PrivateKey(),
        };
    }

    private static byte[] Pkcs8(string algorithm, string? curve)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(algorithm);
                if (curve is not null)
                {
                    writer.WriteObjectIdentifier(curve);
                }
            }

            writer.WriteOctetString([4, 0]);
        }

        return writer.Encode();
    }

    private static byte[] Sec1(string? curve)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString(new byte[32]);
            if (curve is not null)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    writer.WriteObjectIdentifier(curve);
                }
            }
        }

        return writer.Encode();
    }
}
