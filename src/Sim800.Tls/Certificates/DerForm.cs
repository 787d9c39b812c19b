using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace Sim800.Tls.Certificates;

/// <summary>
/// Whether octets are DER (X.690 §8 to §11) and nothing but DER, at every depth. What is BER besides has more than one
/// encoding, so that two readers may see two certificates in it. What depends on the meaning of a field (values that are the
/// default, named bits) is judged by those who read that field.
/// </summary>
internal static class DerForm
{
    /// <summary>A certificate with directory names among its alternative names needs ten.</summary>
    private const int Deepest = 32;

    /// <summary>So many parts of an object identifier, and so many bits in each, are read by System.Formats.Asn1; certificates need 20 of 28 (RFC 5280, appendix B).</summary>
    private const int MostArcs = 64;

    private const int LongestArc = 128;
    private const int TagNumber = 0x1F;
    private const int Constructed = 0x20;
    private const int ClassBits = 0xC0;

    /// <summary>Exactly one value.</summary>
    /// <exception cref="CertificateFormException">It is not DER, or octets follow it.</exception>
    internal static void Check(ReadOnlySpan<byte> octets)
    {
        Require(!octets.IsEmpty, "is empty where a value should be");
        CheckNext(ref octets, depth: 0);
        Require(octets.IsEmpty, "has octets behind the end of a value");
    }

    /// <summary>Takes one value from <paramref name="octets"/>, of which only the head is checked.</summary>
    /// <param name="octets">What is left of them.</param>
    /// <param name="tag">The identifier octet.</param>
    /// <exception cref="CertificateFormException">Its head is not DER, or it ends beyond the octets.</exception>
    internal static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> octets, out byte tag)
    {
        Require(octets.Length >= 2, "ends within a value");
        tag = octets[0];
        Require((tag & TagNumber) != TagNumber, "has a tag in the form for high numbers, of which X.509 has none");
        var length = TakeLength(ref octets);
        Require(length <= octets.Length, "ends within a value");
        var content = octets[..length];
        octets = octets[length..];
        return content;
    }

    // X.690 §10.1: definite, and with the fewest octets.
    private static int TakeLength(ref ReadOnlySpan<byte> octets)
    {
        var first = octets[1];
        octets = octets[2..];
        if (first < 0x80)
        {
            return first;
        }

        Require(first != 0x80, "has an indefinite length (X.690 §10.1)");
        var count = first & 0x7F;
        Require(count <= 3 && count <= octets.Length, "has a length beyond its end");
        Require(octets[0] != 0 && (count > 1 || octets[0] >= 0x80), "has a length with more octets than it needs (X.690 §10.1)");
        var length = 0;
        foreach (var octet in octets[..count])
        {
            length = (length << 8) | octet;
        }

        octets = octets[count..];
        return length;
    }

    private static void CheckNext(ref ReadOnlySpan<byte> octets, int depth)
    {
        Require(depth < Deepest, "is nested too deeply");
        var content = Take(ref octets, out var tag);
        var isConstructed = (tag & Constructed) != 0;
        if ((tag & ClassBits) == 0)
        {
            var number = tag & TagNumber;
            Require(isConstructed == IsStructure(number), "has a value that is constructed or primitive against its type (X.690 §10.2)");
            CheckPrimitive(number, content);
        }

        if (isConstructed)
        {
            CheckElements(content, isSet: tag == UniversalTags.Set, depth + 1);
        }
    }

    private static void CheckElements(ReadOnlySpan<byte> content, bool isSet, int depth)
    {
        var last = ReadOnlySpan<byte>.Empty;
        while (!content.IsEmpty)
        {
            var start = content;
            CheckNext(ref content, depth);
            var element = start[..(start.Length - content.Length)];

            // X.690 §11.6, and every SET in a certificate is a SET OF.
            Require(!isSet || last.SequenceCompareTo(element) <= 0, "has a set that is not in order (X.690 §11.6)");
            last = element;
        }
    }

    private static bool IsStructure(int number) => number is 8 or 11 or 16 or 17; // EXTERNAL, EMBEDDED PDV, SEQUENCE, SET

    private static void CheckPrimitive(int number, ReadOnlySpan<byte> content)
    {
        switch (number)
        {
            case 0:
                throw new CertificateFormException("has an end-of-contents marker (X.690 §10.1)");
            case UniversalTags.Boolean:
                Require(content is [0x00] or [0xFF], "has a boolean that is neither 00 nor FF (X.690 §11.1)");
                break;
            case UniversalTags.Integer or UniversalTags.Enumerated:
                Require(IsShortest(content), "has an integer with more octets than it needs (X.690 §8.3.2)");
                break;
            case UniversalTags.BitString:
                Require(IsBitString(content), "has a bit string whose unused bits are not zero (X.690 §11.2)");
                break;
            case UniversalTags.Null:
                Require(content.IsEmpty, "has a NULL with a content (X.690 §8.8.2)");
                break;
            case UniversalTags.ObjectIdentifier or UniversalTags.RelativeOid:
                Require(IsObjectIdentifier(content), "has an object identifier with an arc that is cut short or padded (X.690 §8.19.2)");
                Require(IsShortIdentifier(content), $"has an object identifier with more than {MostArcs} arcs, or one of more than {LongestArc} bits");
                break;
            case UniversalTags.UtcTime:
                Require(content.Length == 13 && IsTime(content), "has a time that is not YYMMDDHHMMSSZ (X.690 §11.8)");
                break;
            case UniversalTags.GeneralizedTime:
                Require(IsGeneralizedTime(content), "has a time that is not YYYYMMDDHHMMSSZ (X.690 §11.7)");
                break;
            default:
                Require(IsText(number, content), "has a text with octets that its type does not have (X.680 §41)");
                break;
        }
    }

    private static bool IsShortest(ReadOnlySpan<byte> content) => content switch
    {
        [] or [0x00, < 0x80, ..] or [0xFF, >= 0x80, ..] => false,
        _ => true,
    };

    private static bool IsBitString(ReadOnlySpan<byte> content) =>
        content is [<= 7, ..] && (content.Length == 1 ? content[0] == 0 : (content[^1] & ((1 << content[0]) - 1)) == 0);

    private static bool IsObjectIdentifier(ReadOnlySpan<byte> content)
    {
        var isFirstOctet = true;
        foreach (var octet in content)
        {
            if (isFirstOctet && octet == 0x80)
            {
                return false;
            }

            isFirstOctet = octet < 0x80;
        }

        return !content.IsEmpty && isFirstOctet;
    }

    /// <summary>The first octets hold two arcs.</summary>
    private static bool IsShortIdentifier(ReadOnlySpan<byte> content)
    {
        const int BitsOfOctet = 7;
        var (arcs, bits) = (1, 0);
        foreach (var octet in content)
        {
            bits += bits == 0 ? BitsOfOctet - BitOperations.LeadingZeroCount((uint)(octet & 0x7F) << 25) : BitsOfOctet;
            if (bits > LongestArc)
            {
                return false;
            }

            (arcs, bits) = octet < 0x80 ? (arcs + 1, 0) : (arcs, bits);
        }

        return arcs <= MostArcs;
    }

    private static bool IsTime(ReadOnlySpan<byte> content) =>
        content is [.., (byte)'Z'] && !content[..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // Fractions are DER without a zero at their end; that the profile has none is said where the validity is read.
    private static bool IsGeneralizedTime(ReadOnlySpan<byte> content) =>
        content.Length == 15
            ? IsTime(content)
            : content.Length > 16 && content[14] == (byte)'.' && content[^2] != (byte)'0' && IsTime(content[15..])
                && !content[..14].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsText(int number, ReadOnlySpan<byte> content) => number switch
    {
        UniversalTags.Utf8String => Utf8.IsValid(content),
        UniversalTags.PrintableString => !content.ContainsAnyExcept(UniversalTags.Printable),
        UniversalTags.NumericString => !content.ContainsAnyExcept(UniversalTags.Numeric),
        UniversalTags.Ia5String => Ascii.IsValid(content),
        UniversalTags.VisibleString => !content.ContainsAnyExceptInRange((byte)' ', (byte)'~'),
        UniversalTags.BmpString => content.Length % 2 == 0 && !HasSurrogate(content),
        UniversalTags.UniversalString => content.Length % 4 == 0,
        _ => true,
    };

    /// <summary>Halves of characters beyond the plane that this type is named after (X.680 §41.16).</summary>
    private static bool HasSurrogate(ReadOnlySpan<byte> content)
    {
        for (var at = 0; at < content.Length; at += 2)
        {
            if (content[at] is >= 0xD8 and <= 0xDF)
            {
                return true;
            }
        }

        return false;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new CertificateFormException(otherwise);
        }
    }
}
