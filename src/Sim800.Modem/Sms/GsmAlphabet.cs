using System.Collections.Frozen;
using System.Text;

namespace Sim800.Modem.Sms;

/// <summary>The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038 §6.2.1).</summary>
internal static class GsmAlphabet
{
    private const byte Escape = 0x1B;
    private const char CutEscape = '\u001b';

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly FrozenDictionary<char, byte> BasicCodes =
        Basic.Select((character, code) => (character, code))
            .Where(pair => pair.code != Escape)
            .ToFrozenDictionary(pair => pair.character, pair => (byte)pair.code);

    private static readonly FrozenDictionary<char, byte> ExtensionCodes = new Dictionary<char, byte>
    {
        ['\f'] = 0x0A,
        ['^'] = 0x14,
        ['{'] = 0x28,
        ['}'] = 0x29,
        ['\\'] = 0x2F,
        ['['] = 0x3C,
        ['~'] = 0x3D,
        [']'] = 0x3E,
        ['|'] = 0x40,
        ['€'] = 0x65,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<byte, char> Extension =
        ExtensionCodes.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>Septets that the character takes: 1, 2, or 0 when the alphabet does not have it.</summary>
    internal static int SeptetCount(char character) =>
        BasicCodes.ContainsKey(character) ? 1 : ExtensionCodes.ContainsKey(character) ? 2 : 0;

    /// <summary>The septets of the text, one a byte.</summary>
    /// <exception cref="ArgumentException">The alphabet does not have one of the characters.</exception>
    internal static byte[] Encode(ReadOnlySpan<char> text)
    {
        var septets = new List<byte>(text.Length);
        foreach (var character in text)
        {
            if (BasicCodes.TryGetValue(character, out var code))
            {
                septets.Add(code);
            }
            else if (ExtensionCodes.TryGetValue(character, out code))
            {
                septets.Add(Escape);
                septets.Add(code);
            }
            else
            {
                throw new ArgumentException($"U+{(int)character:X4} is not in the GSM alphabet.", nameof(text));
            }
        }

        return [.. septets];
    }

    /// <summary>
    /// The text of a message from those of its parts: an escape that stands at the end of one belongs to the first character of the
    /// next, although parts should not be cut there (23.040 §9.2.3.24.1).
    /// </summary>
    internal static string Join(IEnumerable<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            var rest = part;
            if (text.Length > 0 && text[^1] == CutEscape)
            {
                text.Length--;
                text.Append(rest.Length == 0 ? "" : Extended(BasicCodes.GetValueOrDefault(rest[0], Escape)));
                rest = rest.Length == 0 ? rest : rest[1..];
            }

            text.Append(rest);
        }

        return text.Replace(CutEscape, ' ').ToString();
    }

    /// <summary>The text of the septets; an extension that is not in the table reads as in the basic one.</summary>
    internal static string Decode(ReadOnlySpan<byte> septets) => Join([DecodePart(septets)]);

    /// <summary>The same of a part, to be given to <see cref="Join"/>: an escape at its end stays one.</summary>
    internal static string DecodePart(ReadOnlySpan<byte> septets)
    {
        var text = new StringBuilder(septets.Length);
        for (var i = 0; i < septets.Length; i++)
        {
            if (septets[i] != Escape)
            {
                text.Append(Basic[septets[i] & 0x7F]);
            }
            else
            {
                text.Append(++i < septets.Length ? Extended(septets[i]) : CutEscape);
            }
        }

        return text.ToString();
    }

    /// <summary>What stands behind an escape; another escape leads into a further table, of which there is none.</summary>
    private static char Extended(byte septet) =>
        septet == Escape ? ' ' : Extension.TryGetValue(septet, out var extended) ? extended : Basic[septet & 0x7F];
}
