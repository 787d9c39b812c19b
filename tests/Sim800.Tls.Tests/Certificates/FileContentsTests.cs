using System.Formats.Asn1;
using System.Text;
using Sim800.Tls.Certificates.Files;

namespace Sim800.Tls.Tests.Certificates;

public sealed class FileContentsTests
{
    [Theory]
    [InlineData("CERTIFICATE", nameof(FileContent.Certificate))]
    [InlineData("X509 CERTIFICATE", nameof(FileContent.Certificate))]
    [InlineData("TRUSTED CERTIFICATE", nameof(FileContent.TrustedCertificate))]
    [InlineData("PKCS7", nameof(FileContent.Pkcs7))]
    [InlineData("CMS", nameof(FileContent.Pkcs7))]
    [InlineData("PKCS #7 SIGNED DATA", nameof(FileContent.Pkcs7))]
    [InlineData("PRIVATE KEY", nameof(FileContent.Pkcs8Key))]
    [InlineData("ENCRYPTED PRIVATE KEY", nameof(FileContent.EncryptedKey))]
    [InlineData("RSA PRIVATE KEY", nameof(FileContent.RsaKey))]
    [InlineData("EC PRIVATE KEY", nameof(FileContent.EcKey))]
    [InlineData("OPENSSH PRIVATE KEY", nameof(FileContent.OpenSshKey))]
    [InlineData("DSA PRIVATE KEY", nameof(FileContent.OtherKey))]
    [InlineData("CERTIFICATE REQUEST", nameof(FileContent.CertificateRequest))]
    [InlineData("NEW CERTIFICATE REQUEST", nameof(FileContent.CertificateRequest))]
    [InlineData("X509 CRL", nameof(FileContent.RevocationList))]
    [InlineData("PUBLIC KEY", nameof(FileContent.PublicKey))]
    [InlineData("RSA PUBLIC KEY", nameof(FileContent.PublicKey))]
    [InlineData("EC PARAMETERS", nameof(FileContent.Parameters))]
    [InlineData("DH PARAMETERS", nameof(FileContent.Parameters))]
    [InlineData("PGP MESSAGE", nameof(FileContent.Unknown))]
    [InlineData("CERTIFICATES", nameof(FileContent.Unknown))]
    [InlineData("CRL", nameof(FileContent.Unknown))]
    [InlineData("certificate", nameof(FileContent.Unknown))]
    [InlineData("X509 CSR", nameof(FileContent.Unknown))]
    [InlineData("PKCS8", nameof(FileContent.Unknown))]
    [InlineData("NEW CERTIFICATE ANSWER!", nameof(FileContent.Unknown))]
    public void A_label_says_what_a_block_holds(string label, string content)
    {
        Assert.Equal(content, FileContents.OfLabel(label).ToString());
        using var file = CredentialFile.Of("f", Encoding.ASCII.GetBytes($"-----BEGIN {label}-----\nMAA=\n-----END {label}-----\n"));
        Assert.Equal(content, FileContents.Of(file).ToString());
    }

    public static TheoryData<string, string> Structures => new()
    {
        { Sequence(writer => writer.WriteObjectIdentifier("1.2.840.113549.1.7.2")), nameof(FileContent.Pkcs7) },
        { Sequence(writer => writer.WriteObjectIdentifier("1.2.840.113549.1.7.1")), nameof(FileContent.Unknown) },
        { Sequence(Integers(0, 5, 3)), nameof(FileContent.RsaKey) },
        { Sequence(Integers(5, 3)), nameof(FileContent.PublicKey) },
        { Sequence(Integers(1), writer => writer.WriteOctetString([1])), nameof(FileContent.EcKey) },
        { Sequence(Integers(3), Empty), nameof(FileContent.Pfx) },
        { Sequence(Integers(0), Empty), nameof(FileContent.Pkcs8Key) },
        { Sequence(Empty, writer => writer.WriteOctetString([1])), nameof(FileContent.EncryptedKey) },
        { Sequence(Empty, writer => writer.WriteBitString([1])), nameof(FileContent.PublicKey) },
        { Sequence(Inner(Tagged, Integers(1)), Empty), nameof(FileContent.Certificate) },
        { Sequence(Inner(Integers(1), Empty, Empty, Empty, Empty, Empty), Empty), nameof(FileContent.Certificate) },
        { Sequence(Inner(Integers(0), Empty, Empty, Tagged), Empty), nameof(FileContent.CertificateRequest) },
        { Sequence(Inner(Integers(0), Empty, Empty), Empty), nameof(FileContent.CertificateRequest) },
        { Sequence(Inner(Integers(1), Empty, Empty, writer => writer.WriteUtcTime(DateTimeOffset.UnixEpoch)), Empty), nameof(FileContent.RevocationList) },
        { Sequence(Inner(Integers(1), Empty), Empty), nameof(FileContent.Unknown) },
        { Sequence(), nameof(FileContent.Unknown) },
        { Sequence(Empty), nameof(FileContent.Unknown) },
        { "3005", nameof(FileContent.Unknown) },
        { "FEEDFEED00000002", nameof(FileContent.JavaKeyStore) },
        { "FEEDFEEE00000002", nameof(FileContent.Unknown) },
        { "", nameof(FileContent.Empty) },
        { "200D0A", nameof(FileContent.Empty) },
        { "78", nameof(FileContent.Unknown) },
    };

    [Theory]
    [MemberData(nameof(Structures))]
    public void Octets_say_what_they_are(string octets, string content)
    {
        using var file = CredentialFile.Of("f", Convert.FromHexString(octets));
        Assert.Equal(content, FileContents.Of(file).ToString());
    }

    private static Action<AsnWriter> Integers(params int[] numbers) => writer => Array.ForEach(numbers, number => writer.WriteInteger(number));

    private static void Empty(AsnWriter writer) => writer.PushSequence().Dispose();

    private static void Tagged(AsnWriter writer) => writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).Dispose();

    private static Action<AsnWriter> Inner(params Action<AsnWriter>[] parts) => writer =>
    {
        using (writer.PushSequence())
        {
            Array.ForEach(parts, part => part(writer));
        }
    };

    private static string Sequence(params Action<AsnWriter>[] parts)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        Inner(parts)(writer);
        return Convert.ToHexString(writer.Encode());
    }
}
