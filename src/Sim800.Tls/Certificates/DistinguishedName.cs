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

    /// <summary>For messages: a peer chose this text, so nothing unprintable and not too much of it.</summary>
    internal static string Print(ReadOnlyMemory<byte> name)
    {
        try
        {
            var text = new X500DistinguishedName(name.Span).Name;
            text = text.Length > LongestText ? text[..LongestText] + "..." : text;
            return string.Concat(text.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
        }
        catch (CryptographicException)
        {
            return "(unreadable name)";
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
