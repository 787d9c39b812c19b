using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Alphabets;

/// <summary>
/// How texts stand on the line (<c>AT+CSCS</c>, 3GPP TS 27.007 §5.5). It is asked and never set: whatever another program has set stays as it
/// is, and nothing of it gets into the saved profile.
/// </summary>
internal sealed class CharacterSet
{
    private const int MaxName = 16;
    private const int DigitsOfUcs2 = 4;

    /// <summary>Fewer characters in hexadecimal are taken for a number.</summary>
    private const int LeastUcs2 = 2;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    private CharacterSet(string name) => Name = name;

    /// <summary>What a modem is taken for that does not tell.</summary>
    internal static CharacterSet Unknown { get; } = new("");

    /// <summary>In the modem's words, such as <c>UCS2</c>.</summary>
    internal string Name { get; }

    internal static async Task<CharacterSet> AskAsync(AtChannel channel, CancellationToken cancellationToken)
    {
        var response = await channel.SendAsync(StandardCommands.TeCharacterSet, cancellationToken).ConfigureAwait(false);
        return response.FinalResult.IsSuccess && response.Information is [.., var line] ? Read(line) : Unknown;
    }

    /// <summary>Reads <c>+CSCS: "UCS2"</c>.</summary>
    internal static CharacterSet Read(string line) =>
        line.StartsWith("+CSCS:", StringComparison.Ordinal)
        && new AtArguments(Encoding.Latin1.GetBytes(line)).TryReadText(out var name) && name.Length is > 0 and <= MaxName
            ? new CharacterSet(name.ToUpperInvariant())
            : Unknown;

    /// <summary>A text of the modem. Hexadecimal of UCS2 is recognised whatever the modem says of its set.</summary>
    /// <param name="text">As it came: one character for each octet.</param>
    internal string Decode(string text) => Name switch
    {
        "UCS2" => FromUcs2(text),
        "HEX" => FromHex(text),
        _ when LooksLikeUcs2(text) => FromUcs2(text),
        "GSM" => FromGsm(text),
        "UTF-8" or "UTF8" => FromUtf8(text),
        "PCCP" or "PCCP437" => FromCodePage(text, 437),
        "PCDN" => FromCodePage(text, 865),
        _ => text,
    };

    /// <summary>A text to the modem, of ASCII.</summary>
    internal string Encode(string text) => Name switch
    {
        "UCS2" => Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text)),
        "HEX" when text.All(character => GsmAlphabet.SeptetCount(character) > 0) => Convert.ToHexString(GsmAlphabet.Encode(text)),
        _ => text,
    };

    /// <summary>Hexadecimal of UCS2; a text that is none is left as it is, because firmware may have decoded it.</summary>
    internal static string FromUcs2(string text) =>
        text.Length % DigitsOfUcs2 == 0 && IsHex(text) ? FromUcs2Octets(Convert.FromHexString(text)) : text;

    /// <summary>UCS2, unit by unit: what is half a surrogate pair stays one, because the other half may come in the next part.</summary>
    internal static string FromUcs2Octets(ReadOnlySpan<byte> octets)
    {
        var text = new char[octets.Length / 2];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)BinaryPrimitives.ReadUInt16BigEndian(octets[(2 * i)..]);
        }

        return new string(text);
    }

    internal static bool IsHex(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExcept(HexDigits) < 0;

    private static string FromHex(string text)
    {
        if (text.Length % 2 != 0 || !IsHex(text))
        {
            return text;
        }

        var octets = Convert.FromHexString(text);
        return LooksLikeUcs2(text) ? FromUcs2Octets(octets)
            : Array.TrueForAll(octets, octet => octet < 0x80) ? GsmAlphabet.Decode(octets)
            : octets.Length % 2 == 0 ? FromUcs2Octets(octets)
            : text;
    }

    private static string FromGsm(string text) =>
        text.All(char.IsAscii) ? GsmAlphabet.Decode(Encoding.ASCII.GetBytes(text)) : text;

    private static string FromUtf8(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(text));
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }

    private static string FromCodePage(string text, int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage) is { } encoding ? encoding.GetString(Encoding.Latin1.GetBytes(text)) : text;

    /// <summary>
    /// Whether it is hexadecimal of a text rather than a number or a code: printable characters of Latin and of one more script, or
    /// Chinese throughout.
    /// </summary>
    private static bool LooksLikeUcs2(string text)
    {
        if (text.Length < LeastUcs2 * DigitsOfUcs2 || text.Length % DigitsOfUcs2 != 0 || !IsHex(text))
        {
            return false;
        }

        var characters = FromUcs2Octets(Convert.FromHexString(text));
        if (!characters.All(IsPrintable))
        {
            return false;
        }

        var rows = characters.Select(character => character >> 8).Where(row => row != 0).Distinct().ToArray();
        return rows.Length <= 1 && (rows.Length == 0 || IsAlphabet(rows[0]))
            || (text.Any(char.IsAsciiLetter) && characters.All(character => character is >= '\u4E00' and <= '\u9FFF'));
    }

    /// <summary>Latin Extended to Arabic, Devanagari to Thai, Georgian, Greek Extended, punctuation.</summary>
    private static bool IsAlphabet(int row) => row is (>= 0x01 and <= 0x06) or (>= 0x09 and <= 0x0E) or 0x10 or 0x1E or 0x1F or 0x20;

    private static bool IsPrintable(char character) =>
        character is '\n' or '\r' or '\t'
        || char.GetUnicodeCategory(character) is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);
}
