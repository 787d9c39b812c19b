using System.Globalization;
using System.Text;

namespace Sim800.Simulator;

/// <summary>Bytes as printable text and back.</summary>
internal static class TranscriptText
{
    internal static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + 8);
        foreach (var value in bytes)
        {
            _ = value switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7F => text.Append((char)value),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}"),
            };
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">A backslash is followed by nothing that is known, or a character is no ASCII. The text, which may be secret, is not repeated.</exception>
    internal static byte[] Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add(char.IsAscii(text[i]) ? (byte)text[i] : throw Bad(i + 1, "no ASCII, which \\xNN stands for"));
                continue;
            }

            bytes.Add(Escaped(text, ref i));
        }

        return [.. bytes];
    }

    private static byte Escaped(string text, ref int i)
    {
        var start = i++;
        switch (i < text.Length ? text[i] : '\0')
        {
            case 'r':
                return (byte)'\r';
            case 'n':
                return (byte)'\n';
            case '\\':
                return (byte)'\\';
            case 'x' when i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value):
                i += 2;
                return value;
            default:
                throw Bad(start + 1, "the backslash is not the beginning of \\r, \\n, \\\\ or \\xNN");
        }
    }

    private static FormatException Bad(int character, string why) => new($"character {character.ToString(CultureInfo.InvariantCulture)} of its text: {why}");
}
