using System.Buffers.Binary;
using System.Globalization;
using Sim800.Modem.Sms;

namespace Sim800.Modem.Ussd;

/// <summary>
/// Puts a <c>+CUSD</c> line together, whose quoted text may run over several lines. Pure. The text is bounded: a USSD string
/// has 182 characters, or 91 as UCS2 in hexadecimal.
/// </summary>
internal sealed class UssdAssembler
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
        if (TryRead(text, out var reply))
        {
            _text = null;
            return reply;
        }

        _text = text.Length > MaxLength || !text.Contains('"', StringComparison.Ordinal) ? null : text;
        return null;
    }

    private static bool TryRead(ReadOnlySpan<char> text, out UssdReply? reply)
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

        var words = quoted[1..close].ToString();
        reply = new UssdReply(status, IsUcs2(scheme) ? FromUcs2(words) : words);
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

    /// <summary>The cell broadcast data coding scheme (3GPP TS 23.038 §5).</summary>
    private static bool IsUcs2(byte scheme) => scheme == 0x11 || (scheme is >= 0x40 and < 0x80 && (scheme & 0x0C) == 0x08);

    private static string FromUcs2(string text)
    {
        if (text.Length % 4 != 0 || !SmsDeliver.IsHex(text))
        {
            return text; // firmware that has already decoded it
        }

        var octets = Convert.FromHexString(text);
        return string.Create(octets.Length / 2, octets, (characters, source) =>
        {
            for (var i = 0; i < characters.Length; i++)
            {
                characters[i] = (char)BinaryPrimitives.ReadUInt16BigEndian(source.AsSpan(2 * i));
            }
        });
    }
}
