using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sim800.Tls.Certificates;

/// <summary>An X.501 Name in DER (RFC 5280 §4.1.2.4).</summary>
internal static class DistinguishedName
{
    private const int LongestText = 120;

    /// <summary>A Name without a single attribute.</summary>
    internal static bool IsEmpty(ReadOnlyMemory<byte> name) => name.Span is [0x30, 0x00];

    /// <summary>For messages of <see cref="TlsException"/>, which show nothing unprintable: a peer chose this text, so not too much of it.</summary>
    internal static string Print(ReadOnlyMemory<byte> name)
    {
        try
        {
            var text = new X500DistinguishedName(name.Span).Name;
            return text.Length > LongestText ? text[..LongestText] + "..." : text;
        }
        catch (CryptographicException)
        {
            return "(unreadable name)";
        }
    }

    /// <summary>A sequence of sets, each of one or more pairs of object identifier and value (RFC 5280 §4.1.2.4).</summary>
    /// <exception cref="CertificateFormException">It is none.</exception>
    internal static void CheckForm(ReadOnlySpan<byte> name)
    {
        var sets = DerForm.Take(ref name, out var outer);
        var isName = outer == UniversalTags.Sequence;
        while (isName && !sets.IsEmpty)
        {
            var set = DerForm.Take(ref sets, out var tag);
            isName = tag == UniversalTags.Set && !set.IsEmpty;
            while (isName && !set.IsEmpty)
            {
                var pair = DerForm.Take(ref set, out var pairTag);
                isName = pairTag == UniversalTags.Sequence && IsAttribute(pair);
            }
        }

        if (!isName)
        {
            throw new CertificateFormException("has a name that is none (RFC 5280 §4.1.2.4)");
        }
    }

    /// <summary>The relative names, outermost first, in a form in which equal names are equal strings: letters lower,
    /// spaces single, whatever the string type (RFC 5280 §7.1).</summary>
    internal static IReadOnlyList<string> Canonical(ReadOnlyMemory<byte> name)
    {
        var sequence = new AsnReader(name, AsnEncodingRules.DER).ReadSequence();
        var names = new List<string>();
        while (sequence.HasData)
        {
            var attributes = sequence.ReadSetOf();
            var texts = new List<string>();
            while (attributes.HasData)
            {
                var attribute = attributes.ReadSequence();
                texts.Add($"{attribute.ReadObjectIdentifier()}={CanonicalValue(attribute)}");
            }

            names.Add(string.Join('+', texts.Order(StringComparer.Ordinal)));
        }

        return names;
    }

    private static bool IsAttribute(ReadOnlySpan<byte> pair)
    {
        if (pair.IsEmpty || pair[0] != UniversalTags.ObjectIdentifier)
        {
            return false;
        }

        DerForm.Take(ref pair, out _);
        if (pair.IsEmpty)
        {
            return false;
        }

        DerForm.Take(ref pair, out _);
        return pair.IsEmpty;
    }

    private static string CanonicalValue(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        if (tag.TagClass != TagClass.Universal || !IsText((UniversalTagNumber)tag.TagValue))
        {
            return Convert.ToHexString(attribute.ReadEncodedValue().Span);
        }

        var words = attribute.ReadCharacterString((UniversalTagNumber)tag.TagValue).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).ToLowerInvariant();
    }

    private static bool IsText(UniversalTagNumber tag) => tag is UniversalTagNumber.UTF8String
        or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.T61String
        or UniversalTagNumber.BMPString;
}
