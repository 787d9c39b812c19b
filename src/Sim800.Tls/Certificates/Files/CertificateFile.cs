using System.Formats.Asn1;

namespace Sim800.Tls.Certificates.Files;

/// <summary>The certificates in a file, in their order: PEM, DER, PKCS #7, or what OpenSSL calls a trusted certificate.</summary>
internal static class CertificateFile
{
    private const string AnyPurpose = "2.5.29.37.0";
    private static readonly Asn1Tag ContentTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag RejectTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <returns>Copies, which outlive the file.</returns>
    /// <exception cref="ArgumentException">There is none; what it is instead.</exception>
    internal static IReadOnlyList<byte[]> Read(CredentialFile file)
    {
        var certificates = file.Blocks.Count > 0
            ? file.Blocks.SelectMany(block => Read(FileContents.OfLabel(block.Label), block.Content, file.Name)).ToList()
            : [.. Read(FileContents.Of(file), file.Octets.ToArray(), file.Name)];
        return certificates.Count > 0
            ? certificates
            : throw new ArgumentException(FileContentText.NoCertificate(FileContents.Of(file), file.Name), nameof(file));
    }

    private static List<byte[]> Read(FileContent content, byte[] octets, string name)
    {
        try
        {
            return content switch
            {
                FileContent.Certificate => [Untrusted(octets, name)],
                FileContent.TrustedCertificate => [Trusted(octets, name)],
                FileContent.Pkcs7 => ReadPkcs7(octets, name),
                _ => [],
            };
        }
        catch (AsnContentException e)
        {
            throw new ArgumentException($"A certificate in '{name}' is damaged.", nameof(octets), e);
        }
    }

    /// <summary>Without what OpenSSL writes behind the certificate, if it is of that kind and in DER.</summary>
    private static byte[] Untrusted(byte[] octets, string name)
    {
        var length = LengthOf(octets);
        return length == octets.Length || octets[length] != UniversalTags.Sequence ? [.. octets] : Trusted(octets, name);
    }

    // OpenSSL's X509_CERT_AUX: purposes trusted, purposes rejected, and what does not matter here. What it restricts is heeded.
    private static byte[] Trusted(byte[] octets, string name)
    {
        var length = LengthOf(octets);
        var trusts = new List<string>();
        var rejects = new List<string>();
        if (length < octets.Length)
        {
            var aux = new AsnReader(octets.AsMemory(length), AsnEncodingRules.DER).ReadSequence();
            ReadPurposes(aux, Asn1Tag.Sequence, trusts);
            ReadPurposes(aux, RejectTag, rejects);
        }

        return !rejects.Exists(IsForServers) && (trusts.Count == 0 || trusts.Exists(IsForServers))
            ? octets[..length]
            : throw new ArgumentException(
                $"'{name}' holds a TRUSTED CERTIFICATE that is not trusted for TLS servers; where that is meant all the same, take the certificate "
                + $"from it by: openssl x509 -in {FileContentText.Quoted(name)} -out certificate.pem",
                nameof(name));
    }

    private static bool IsForServers(string purpose) => purpose is Oids.ServerAuth or AnyPurpose;

    private static void ReadPurposes(AsnReader aux, Asn1Tag tag, List<string> purposes)
    {
        if (!aux.HasData || !aux.PeekTag().HasSameClassAndValue(tag))
        {
            return;
        }

        var list = aux.ReadSequence(tag);
        while (list.HasData)
        {
            purposes.Add(list.ReadObjectIdentifier());
        }
    }

    private static int LengthOf(byte[] octets)
    {
        AsnDecoder.ReadEncodedValue(octets, AsnEncodingRules.BER, out _, out _, out var length);
        return length;
    }

    // RFC 2315 §9.1: the signed data of a file of certificates has no signers, and its certificates are what it is for.
    private static List<byte[]> ReadPkcs7(byte[] octets, string name)
    {
        var content = new AsnReader(octets, AsnEncodingRules.BER).ReadSequence();
        content.ReadObjectIdentifier();
        var data = content.ReadSequence(ContentTag).ReadSequence();
        data.ReadInteger();
        data.ReadEncodedValue();
        data.ReadEncodedValue();
        var certificates = new List<byte[]>();
        if (data.HasData && data.PeekTag().HasSameClassAndValue(ContentTag))
        {
            var set = data.ReadSetOf(skipSortOrderValidation: true, ContentTag);
            while (set.HasData)
            {
                certificates.Add(set.ReadEncodedValue().ToArray());
            }
        }

        return certificates.Count > 0
            ? certificates
            : throw new ArgumentException($"'{name}' is a PKCS #7 file without a certificate.", nameof(name));
    }
}
