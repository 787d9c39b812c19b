using System.Formats.Asn1;

namespace Sim800.Tls.Certificates;

/// <summary>
/// Reads a certificate against the rules of form in RFC 5280 §4.1, more strictly than X.509 libraries do: exact DER,
/// nothing behind the end, and no two statements about the same thing.
/// </summary>
internal static class TbsCertificateReader
{
    /// <summary>An RSA-4096 certificate with dozens of names has about 4 KB.</summary>
    internal const int LongestCertificate = 32 * 1024;

    private const int LongestSerialNumber = 20;
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3, isConstructed: true);

    /// <exception cref="TlsCertificateException">Malformed.</exception>
    internal static TbsCertificate Read(ReadOnlyMemory<byte> der)
    {
        try
        {
            return ReadForm(der);
        }
        catch (AsnContentException e)
        {
            throw new TlsCertificateException(TlsCertificateStatus.Malformed, $"A certificate of the server {HowOf(e)}.", e);
        }
    }

    /// <summary>As <see cref="Read"/>, for certificates that are not the server's.</summary>
    /// <exception cref="AsnContentException">Malformed; <see cref="HowOf"/> says how.</exception>
    internal static TbsCertificate ReadForm(ReadOnlyMemory<byte> der)
    {
        Require(der.Length <= LongestCertificate, "is longer than 32 KB");
        DerForm.Check(der.Span);
        return ReadCertificate(der);
    }

    /// <summary>The SubjectPublicKeyInfo of a certificate; nothing else of it is judged, not even whether it is DER.</summary>
    /// <exception cref="AsnContentException">There is none where it should be.</exception>
    internal static ReadOnlyMemory<byte> ReadPublicKey(ReadOnlyMemory<byte> der)
    {
        const int FieldsBefore = 5; // serialNumber, signature, issuer, validity, subject
        var tbs = new AsnReader(der, AsnEncodingRules.BER).ReadSequence().ReadSequence();
        var skipped = tbs.PeekTag().HasSameClassAndValue(VersionTag) ? FieldsBefore + 1 : FieldsBefore;
        for (var field = 0; field < skipped; field++)
        {
            tbs.ReadEncodedValue();
        }

        return tbs.ReadEncodedValue();
    }

    /// <summary>What is wrong, as what follows "The certificate ..." in a sentence.</summary>
    internal static string HowOf(AsnContentException e) => e is CertificateFormException ? e.Message : "does not hold what a certificate must";

    private static TbsCertificate ReadCertificate(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var tbs = certificate.ReadSequence();
        var signature = certificate.ReadEncodedValue();
        var signatureValue = certificate.ReadBitString(out var unusedBits);
        certificate.ThrowIfNotEmpty();
        Require(unusedBits == 0, "has a signature of broken length");

        var version = ReadVersion(tbs);
        var serialDefect = ReadSerialNumber(tbs);
        Require(tbs.ReadEncodedValue().Span.SequenceEqual(signature.Span), "names two signature algorithms (RFC 5280 §4.1.1.2)");
        var issuer = ReadName(tbs);
        Require(!DistinguishedName.IsEmpty(issuer), "has no issuer (RFC 5280 §4.1.2.4)");
        var validity = ReadValidity(tbs.ReadSequence());
        var subject = ReadName(tbs);
        var key = tbs.ReadEncodedValue();
        var extensions = ReadExtensions(tbs, version);
        tbs.ThrowIfNotEmpty();
        Require(
            !DistinguishedName.IsEmpty(subject) || extensions.SubjectAltName is { IsCritical: true },
            "has neither a subject nor a critical subject alternative name (RFC 5280 §4.1.2.6)");
        return new(der, version, signature, signatureValue, issuer, validity.NotBefore, validity.NotAfter, subject, key, extensions)
        {
            FormDefect = serialDefect ?? validity.Defect ?? extensions.FormDefect,
        };
    }

    private static int ReadVersion(AsnReader tbs)
    {
        if (!tbs.HasData || !tbs.PeekTag().HasSameClassAndValue(VersionTag))
        {
            return 1;
        }

        var explicitVersion = tbs.ReadSequence(VersionTag);
        var known = explicitVersion.TryReadInt32(out var version) && version is 1 or 2;
        explicitVersion.ThrowIfNotEmpty();
        Require(known, "is of no version that X.509 has (RFC 5280 §4.1.2.1)");
        return version + 1;
    }

    private static string? ReadSerialNumber(AsnReader tbs)
    {
        var serial = tbs.ReadIntegerBytes().Span;
        return serial[0] < 0x80 && serial.ContainsAnyExcept((byte)0) && serial.TrimStart((byte)0).Length <= LongestSerialNumber
            ? null
            : "has a serial number that is not positive or longer than 20 octets (RFC 5280 §4.1.2.2)";
    }

    private static ReadOnlyMemory<byte> ReadName(AsnReader tbs)
    {
        var name = tbs.ReadEncodedValue();
        DistinguishedName.CheckForm(name.Span);
        return name;
    }

    private static (DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Defect) ReadValidity(AsnReader validity)
    {
        var (notBefore, firstDefect) = ReadTime(validity);
        var (notAfter, secondDefect) = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        Require(notBefore <= notAfter, "ends before it begins (RFC 5280 §4.1.2.5)");
        return (notBefore, notAfter, firstDefect ?? secondDefect);
    }

    private static (DateTimeOffset Time, string? Defect) ReadTime(AsnReader validity)
    {
        if (validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime))
        {
            return (validity.ReadUtcTime(twoDigitYearMax: 2049), null);
        }

        var time = validity.ReadGeneralizedTime();
        Require(time.Ticks % TimeSpan.TicksPerSecond == 0, "has fractions of seconds (RFC 5280 §4.1.2.5.2)");
        return (time, time.Year >= 2050 ? null : "writes a year before 2050 as GeneralizedTime (RFC 5280 §4.1.2.5)");
    }

    private static CertificateExtensions ReadExtensions(AsnReader tbs, int version)
    {
        if (!tbs.HasData)
        {
            return new CertificateExtensions();
        }

        // Unique identifiers would stand here; conforming authorities do not make them (RFC 5280 §4.1.2.8).
        var wrapper = tbs.ReadSequence(ExtensionsTag);
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        Require(version == 3, "has extensions without being version 3 (RFC 5280 §4.1.2.9)");
        return CertificateExtensionsReader.Read(list);
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new CertificateFormException(otherwise);
        }
    }
}
