using System.Formats.Asn1;

namespace Sim800.Tls.Certificates;

/// <summary>Signature algorithms that protect: RSA (PKCS #1 or PSS) and ECDSA with SHA-256 or better (CA/B baseline §7.1.3.2).</summary>
internal static class SignatureRules
{
    private static readonly Asn1Tag HashTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    internal static void Check(TbsCertificate certificate)
    {
        try
        {
            var algorithm = new AsnReader(certificate.Signature, AsnEncodingRules.DER).ReadSequence();
            var oid = algorithm.ReadObjectIdentifier();
            if (!IsAllowed(oid, algorithm))
            {
                throw new TlsCertificateException(
                    TlsCertificateStatus.WeakSignature,
                    $"The certificate of '{certificate.SubjectText}' is signed with {NameOf(oid)}.");
            }

            algorithm.ThrowIfNotEmpty();
        }
        catch (AsnContentException e)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Malformed, $"The certificate of '{certificate.SubjectText}' has a malformed signature algorithm.", e);
        }
    }

    internal static void SkipParameters(AsnReader algorithm)
    {
        if (algorithm.HasData)
        {
            algorithm.ReadEncodedValue();
        }
    }

    private static bool IsAllowed(string oid, AsnReader parameters)
    {
        switch (oid)
        {
            case Oids.EcdsaWithSha256 or Oids.EcdsaWithSha384 or Oids.EcdsaWithSha512:
                return true;
            case Oids.Sha256WithRsa or Oids.Sha384WithRsa or Oids.Sha512WithRsa:
                parameters.ReadNull();
                return true;
            case Oids.RsaPss:
                return IsAllowedPss(parameters.ReadSequence());
            default:
                return false;
        }
    }

    // An absent hash means SHA-1 (RFC 4055 §3.1).
    private static bool IsAllowedPss(AsnReader parameters) =>
        parameters.HasData
        && parameters.PeekTag().HasSameClassAndValue(HashTag)
        && parameters.ReadSequence(HashTag).ReadSequence().ReadObjectIdentifier() is Oids.Sha256 or Oids.Sha384 or Oids.Sha512;

    private static string NameOf(string oid) => oid switch
    {
        "1.2.840.113549.1.1.4" => "MD5",
        "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" => "SHA-1",
        _ => $"{oid}, which is not supported",
    };
}
