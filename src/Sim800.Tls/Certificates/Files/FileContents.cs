using System.Formats.Asn1;

namespace Sim800.Tls.Certificates.Files;

/// <summary>Tells what a block of PEM or DER holds.</summary>
internal static class FileContents
{
    private const string SignedData = "1.2.840.113549.1.7.2";

    internal static FileContent OfLabel(string label) => label switch
    {
        "CERTIFICATE" or "X509 CERTIFICATE" => FileContent.Certificate,
        "TRUSTED CERTIFICATE" => FileContent.TrustedCertificate,
        "PKCS7" or "CMS" or "PKCS #7 SIGNED DATA" => FileContent.Pkcs7,
        "PRIVATE KEY" => FileContent.Pkcs8Key,
        "ENCRYPTED PRIVATE KEY" => FileContent.EncryptedKey,
        "RSA PRIVATE KEY" => FileContent.RsaKey,
        "EC PRIVATE KEY" => FileContent.EcKey,
        "OPENSSH PRIVATE KEY" => FileContent.OpenSshKey,
        "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST" => FileContent.CertificateRequest,
        "X509 CRL" => FileContent.RevocationList,
        _ when label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) => FileContent.OtherKey,
        _ when label.EndsWith("PUBLIC KEY", StringComparison.Ordinal) => FileContent.PublicKey,
        _ when label.EndsWith("PARAMETERS", StringComparison.Ordinal) => FileContent.Parameters,
        _ => FileContent.Unknown,
    };

    internal static FileContent Of(CredentialFile file)
    {
        // Of several, the one that is of use: parameters stand before a key of elliptic curves, and say nothing else.
        var contents = file.Blocks.Select(block => OfLabel(block.Label)).ToList();
        if (contents.Count > 0)
        {
            return contents.Find(content => content is not (FileContent.Parameters or FileContent.Unknown)) is var first and not FileContent.Unknown
                ? first
                : contents[0];
        }

        return file.Octets switch
        {
            [0x30, ..] => OfOctets(file.Octets.ToArray()),
            [0xFE, 0xED, 0xFE, 0xED, ..] => FileContent.JavaKeyStore,
            _ => file.Text.IsWhiteSpace() ? FileContent.Empty : FileContent.Unknown,
        };
    }

    // PKCS #7 and #12 may be BER, so that is what is read here; what is taken from them is judged by others.
    private static FileContent OfOctets(byte[] octets)
    {
        try
        {
            return OfSequence(new AsnReader(octets, AsnEncodingRules.BER).ReadSequence());
        }
        catch (AsnContentException)
        {
            return FileContent.Unknown;
        }
    }

    private static FileContent OfSequence(AsnReader outer)
    {
        var tag = outer.PeekTag();
        if (tag.HasSameClassAndValue(Asn1Tag.ObjectIdentifier))
        {
            return outer.ReadObjectIdentifier() is SignedData ? FileContent.Pkcs7 : FileContent.Unknown;
        }

        return tag.HasSameClassAndValue(Asn1Tag.Integer) ? OfNumbered(outer) : OfSigned(outer.ReadSequence(), outer.PeekTag());
    }

    private static FileContent OfNumbered(AsnReader outer)
    {
        var number = outer.ReadInteger();
        var next = outer.PeekTag();
        if (next.HasSameClassAndValue(Asn1Tag.Integer))
        {
            outer.ReadInteger();
            return outer.HasData ? FileContent.RsaKey : FileContent.PublicKey;
        }

        if (next.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString))
        {
            return FileContent.EcKey;
        }

        return number == 3 ? FileContent.Pfx : FileContent.Pkcs8Key;
    }

    private static FileContent OfSigned(AsnReader first, Asn1Tag second)
    {
        if (second.HasSameClassAndValue(Asn1Tag.PrimitiveOctetString))
        {
            return FileContent.EncryptedKey;
        }

        if (second.HasSameClassAndValue(Asn1Tag.PrimitiveBitString))
        {
            return FileContent.PublicKey;
        }

        // The parts of a certificate, a request or a list of revoked certificates.
        var tags = new List<int>();
        while (first.HasData)
        {
            tags.Add(first.PeekTag() is { TagClass: TagClass.Universal, TagValue: var value } ? value : -1);
            first.ReadEncodedValue();
        }

        const int Integer = (int)UniversalTagNumber.Integer;
        return tags switch
        {
            [-1, Integer, ..] => FileContent.Certificate,
            [Integer, _, _, -1] or [Integer, _, _] => FileContent.CertificateRequest,
            _ when tags.Contains((int)UniversalTagNumber.UtcTime) => FileContent.RevocationList,
            [Integer, _, _, _, _, _, ..] => FileContent.Certificate,
            _ => FileContent.Unknown,
        };
    }
}
