using System.Globalization;
using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Ussd;

/// <summary>
/// Puts a <c>+CUSD</c> line together, whose quoted text may run over several lines. Pure. The text is bounded: a USSD string
/// has 182 characters, or 91 as UCS2 in hexadecimal.
/// </summary>
/// <param name="set">How the modem writes texts.</param>
internal sealed class UssdAssembler(CharacterSet set)
{
    internal const int MaxLength = 1024;

    private const string Prefix = "+CUSD:";

    private string? _text;

    /// <summary>Whether the line before this one was the beginning of a reply.</summary>
    internal bool IsWaiting => _text is not null;

    /// <param name="line">The line <c>+CUSD: 0,"text",15</c>, or while <see cref="IsWaiting"/> whatever follows it.</param>
    /// <returns>The reply once it is complete.</returns>
    internal UssdReply? Add(string line)
    {
        var text = line.StartsWith(Prefix, StringComparison.Ordinal) ? line[Prefix.Length..].Trim() : $"{_text}\n{line}";
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (TryRead(text, out var reply))
        {
            _text = null;
            return reply;
        }

        _text = text.Length > MaxLength || !text.Contains('"', StringComparison.Ordinal) ? null : text;
        return null;
    }

    private bool TryRead(ReadOnlySpan<char> text, out UssdReply? reply)
    {
        reply = null;
        if (text.IsEmpty || text[0] is < '0' or > '5')
        {
            return false;
        }

        var status = (UssdStatus)(text[0] - '0');
        var fields = text[1..].Trim();
        if (fields.IsEmpty)
        {
            reply = new UssdReply(status, "");
            return true;
        }

        var quoted = fields.TrimStart(',').TrimStart();
        var close = quoted.LastIndexOf('"');
        if (close < 1 || quoted[0] != '"' || !TryReadScheme(quoted[(close + 1)..], out var scheme))
        {
            return false;
        }

        reply = new UssdReply(status, UssdText.Read(quoted[1..close].ToString(), scheme, set));
        return true;
    }

    /// <summary>Reads <c>,15</c> behind the text, or nothing: the quote is the last one only when no more follows.</summary>
    private static bool TryReadScheme(ReadOnlySpan<char> text, out byte scheme)
    {
        scheme = 0;
        text = text.Trim();
        return text.IsEmpty
            || (text[0] == ',' && byte.TryParse(text[1..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out scheme));
    }
}

/// <summary>The text of a USSD string (3GPP TS 23.038 §5: the cell broadcast data coding scheme).</summary>
internal static class UssdText
{
    /// <summary>GSM alphabet, begun by the two letters of the language and CR.</summary>
    private const byte GsmWithLanguage = 0x10;

    /// <summary>UCS2, begun by the two letters of the language as septets in two octets.</summary>
    private const byte Ucs2WithLanguage = 0x11;

    private const int DigitsOfLanguage = 4;

    internal static string Read(string words, byte scheme, CharacterSet set)
    {
        var text = !IsUcs2(scheme) ? set.Decode(words)
            : scheme == Ucs2WithLanguage && BeginsWithLanguage(words) ? CharacterSet.FromUcs2(words[DigitsOfLanguage..])
            : CharacterSet.FromUcs2(words);
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return scheme is GsmWithLanguage or Ucs2WithLanguage && text is [var first, var second, '\n', ..]
            && char.IsAsciiLetter(first) && char.IsAsciiLetter(second)
            ? text[3..]
            : text;
    }

    private static bool IsUcs2(byte scheme) =>
        scheme == Ucs2WithLanguage || (scheme is (>= 0x40 and < 0x80) or (>= 0x90 and < 0xA0) && (scheme & 0x0C) == 0x08);

    /// <summary>Two letters of seven bits, and two bits of nothing. No other text in hexadecimal is so by chance.</summary>
    private static bool BeginsWithLanguage(string words)
    {
        if (words.Length < DigitsOfLanguage || words.Length % DigitsOfLanguage != 0
            || !int.TryParse(words.AsSpan(0, DigitsOfLanguage), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octets))
        {
            return false;
        }

        var bits = (octets >> 8) | ((octets & 0xFF) << 8);
        return bits < 0x4000 && char.IsAsciiLetter((char)(bits & 0x7F)) && char.IsAsciiLetter((char)(bits >> 7));
    }
}
