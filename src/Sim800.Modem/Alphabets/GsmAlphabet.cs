using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;

namespace Sim800.Modem.Alphabets;

/// <summary>The GSM 7 bit default alphabet and its extension table (3GPP TS 23.038 §6.2.1).</summary>
internal static class GsmAlphabet
{
    private const byte Escape = 0x1B;
    private const char CutEscape = '\u001b';

    internal const string Default =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static readonly FrozenDictionary<char, byte> BasicCodes =
        Default.Select((character, code) => (character, code))
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

    /// <summary>The extension table: what stands behind an escape, by its code.</summary>
    internal static string Extension { get; } = string.Create(0x80, ExtensionCodes, static (characters, codes) =>
    {
        characters.Clear(); // U+0000 stands for none
        foreach (var (character, code) in codes)
        {
            characters[code] = character;
        }
    });

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
    internal static string Join(IEnumerable<(string Text, SmsLanguages Languages)> parts)
    {
        var text = new StringBuilder();
        foreach (var (part, languages) in parts)
        {
            var rest = part;
            if (text.Length > 0 && text[^1] == CutEscape)
            {
                text.Length--;
                text.Append(rest.Length == 0 ? "" : Extended(CodeOf(rest[0], languages), languages));
                rest = rest.Length == 0 ? rest : rest[1..];
            }

            text.Append(rest);
        }

        return text.Replace(CutEscape, ' ').ToString();
    }

    /// <summary>The text of the septets; an extension that is not in the table reads as in the basic one.</summary>
    internal static string Decode(ReadOnlySpan<byte> septets) => Join([(DecodePart(septets, default), default)]);

    /// <summary>The same of a part, to be given to <see cref="Join"/>: an escape at its end stays one.</summary>
    internal static string DecodePart(ReadOnlySpan<byte> septets, SmsLanguages languages)
    {
        var text = new StringBuilder(septets.Length);
        for (var i = 0; i < septets.Length; i++)
        {
            if (septets[i] != Escape)
            {
                text.Append(Plain(septets[i], languages));
            }
            else
            {
                text.Append(++i < septets.Length ? Extended(septets[i], languages) : CutEscape);
            }
        }

        return text.ToString();
    }

    private static byte CodeOf(char character, SmsLanguages languages) =>
        NationalTables.LockingOf(languages.Locking).IndexOf(character, StringComparison.Ordinal) is var code and >= 0 ? (byte)code : Escape;

    /// <summary>A code without a character is shown as a space.</summary>
    private static char Plain(byte septet, SmsLanguages languages) =>
        NationalTables.LockingOf(languages.Locking)[septet & 0x7F] is var character and not NationalTables.None ? character : ' ';

    /// <summary>
    /// What stands behind an escape: where the table has nothing, the character of the same code without one; another escape leads into a
    /// further table, of which there is none.
    /// </summary>
    private static char Extended(byte septet, SmsLanguages languages) =>
        septet == Escape ? ' '
        : NationalTables.SingleOf(languages.Single)[septet & 0x7F] is var extended and not NationalTables.None ? extended
        : Plain(septet, languages);
}

/// <summary>The national languages of a text in the GSM alphabet, by their identifiers (3GPP TS 23.038 §6.2.1.2.4); 0 for none.</summary>
/// <param name="Single">Whose single shift table takes the place of the extension.</param>
/// <param name="Locking">Whose locking shift table takes the place of the default alphabet.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SmsLanguages(byte Single, byte Locking);
