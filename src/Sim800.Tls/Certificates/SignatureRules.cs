using System.Formats.Asn1;

namespace Sim800.Tls.Certificates;

/// <summary>Signature algorithms that protect: RSA (PKCS #1 or PSS) and ECDSA with SHA-256 or better (CA/B baseline §7.1.3.2).</summary>
internal static class SignatureRules
{
    private const int DefaultSaltLength = 20;
    private static readonly Asn1Tag HashTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag MaskTag = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag SaltTag = new(TagClass.ContextSpecific, 2, isConstructed: true);

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
            if (oid is Oids.EcdsaWithSha256 or Oids.EcdsaWithSha384 or Oids.EcdsaWithSha512)
            {
                CheckEcdsaForm(certificate.SignatureValue);
            }
        }
        catch (AsnContentException e)
        {
            throw new TlsCertificateException(
                TlsCertificateStatus.Malformed, $"The certificate of '{certificate.SubjectText}' has a malformed signature or signature algorithm.", e);
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
    private static bool IsAllowedPss(AsnReader parameters)
    {
        if (!Is(parameters, HashTag) || ReadHash(ReadWrapped(parameters, HashTag)) is not { } hash || !Is(parameters, MaskTag))
        {
            return false;
        }

        var mask = ReadWrapped(parameters, MaskTag);
        if (mask.ReadObjectIdentifier() is not Oids.MaskGenerator1 || !string.Equals(ReadHash(mask.ReadSequence()), hash, StringComparison.Ordinal))
        {
            return false;
        }

        mask.ThrowIfNotEmpty();
        var isSalted = !Is(parameters, SaltTag) || ReadSaltLength(parameters.ReadSequence(SaltTag)) >= 0;

        // What may follow is the trailer field, of which there is one, the default, which DER leaves out (X.690 §11.5).
        parameters.ThrowIfNotEmpty();
        return isSalted;
    }

    private static int ReadSaltLength(AsnReader wrapper)
    {
        var isNumber = wrapper.TryReadInt32(out var length);
        wrapper.ThrowIfNotEmpty();
        if (length == DefaultSaltLength)
        {
            throw new CertificateFormException("writes out the default length of salt (X.690 §11.5)");
        }

        return isNumber ? length : -1;
    }

    private static AsnReader ReadWrapped(AsnReader reader, Asn1Tag tag)
    {
        var wrapper = reader.ReadSequence(tag);
        var inner = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        return inner;
    }

    /// <returns><c>null</c> for a hash that is not allowed. Its parameters are NULL or absent (RFC 4055 §2.1).</returns>
    private static string? ReadHash(AsnReader algorithm)
    {
        var oid = algorithm.ReadObjectIdentifier();
        if (oid is not (Oids.Sha256 or Oids.Sha384 or Oids.Sha512))
        {
            return null;
        }

        if (algorithm.HasData)
        {
            algorithm.ReadNull();
        }

        algorithm.ThrowIfNotEmpty();
        return oid;
    }

    // RFC 3279 §2.2.3: a sequence of two positive integers.
    private static void CheckEcdsaForm(ReadOnlyMemory<byte> value)
    {
        DerForm.Check(value.Span);
        var pair = new AsnReader(value, AsnEncodingRules.DER).ReadSequence();
        var isPositive = pair.ReadIntegerBytes().Span[0] < 0x80 && pair.ReadIntegerBytes().Span[0] < 0x80;
        pair.ThrowIfNotEmpty();
        if (!isPositive)
        {
            throw new CertificateFormException("has a signature of negative numbers");
        }
    }

    private static bool Is(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag().HasSameClassAndValue(tag);

    private static string NameOf(string oid) => oid switch
    {
        "1.2.840.113549.1.1.4" => "MD5",
        "1.2.840.113549.1.1.5" or "1.2.840.10045.4.1" => "SHA-1",
        _ => $"{oid}, which is not supported",
    };
}
