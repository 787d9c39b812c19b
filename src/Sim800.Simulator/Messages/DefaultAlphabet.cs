using System.Text;

namespace Sim800.Simulator.Messages;

/// <summary>The GSM 7 bit default alphabet and its extension (23.038 6.2.1), by rows of sixteen as the standard prints its table.</summary>
internal static class DefaultAlphabet
{
    private static readonly string[] Rows =
    [
        "@£$¥èéùìòÇ\nØø\rÅå",
        "Δ_ΦΓΛΩΠΨΣΘΞ\0ÆæßÉ",
        " !\"#¤%&'()*+,-./",
        "0123456789:;<=>?",
        "¡ABCDEFGHIJKLMNO",
        "PQRSTUVWXYZÄÖÑÜ§",
        "¿abcdefghijklmno",
        "pqrstuvwxyzäöñüà",
    ];

    private const string Extended = "\f^{}\\[~]|€";
    private const string ExtendedCodes = "\x0A\x14\x28\x29\x2F\x3C\x3D\x3E\x40\x65";
    private const byte Escape = 0x1B;

    internal static bool Has(string text) => text.All(character => SeptetsOf(character) > 0);

    /// <summary>1, 2 for a character of the extension, 0 for one that is in neither table.</summary>
    internal static int SeptetsOf(char character) => CodeOf(character) >= 0 ? 1 : Extended.Contains(character, StringComparison.Ordinal) ? 2 : 0;

    /// <summary>Seven bits a septet, the lowest first, one behind the other.</summary>
    internal static IEnumerable<bool> Bits(string text)
    {
        foreach (var code in Codes(text))
        {
            for (var bit = 0; bit < 7; bit++)
            {
                yield return (code >> bit & 1) != 0;
            }
        }
    }

    /// <summary>The text of so many septets in the octets, from the first bit given on.</summary>
    internal static string Text(byte[] octets, int firstBit, int septets)
    {
        var codes = new byte[septets];
        for (var septet = 0; septet < septets; septet++)
        {
            for (var bit = 0; bit < 7; bit++)
            {
                var at = firstBit + (7 * septet) + bit;
                codes[septet] |= (byte)((octets[at / 8] >> (at % 8) & 1) << bit);
            }
        }

        return TextOf(codes);
    }

    /// <summary>A code a septet; what neither table has is a question mark.</summary>
    internal static byte[] Codes(string text)
    {
        var codes = new List<byte>(text.Length);
        foreach (var character in text)
        {
            if (CodeOf(character) is var code and >= 0)
            {
                codes.Add((byte)code);
            }
            else if (Extended.IndexOf(character, StringComparison.Ordinal) is var at and >= 0)
            {
                codes.AddRange([Escape, (byte)ExtendedCodes[at]]);
            }
            else
            {
                codes.Add((byte)'?');
            }
        }

        return [.. codes];
    }

    /// <summary>The text of codes, one an octet; the eighth bit is ignored.</summary>
    internal static string TextOf(ReadOnlySpan<byte> codes)
    {
        var text = new StringBuilder(codes.Length);
        var escaped = false;
        foreach (var octet in codes)
        {
            var code = octet & 0x7F;
            if (code == Escape)
            {
                escaped = true;
                continue;
            }

            var extension = escaped ? ExtendedCodes.IndexOf((char)code, StringComparison.Ordinal) : -1;
            text.Append(extension >= 0 ? Extended[extension] : Rows[code / 16][code % 16]);
            escaped = false;
        }

        return text.ToString();
    }

    /// <summary>Eight bits an octet, the lowest first.</summary>
    internal static byte[] Pack(IEnumerable<bool> bits) =>
        [.. bits.Chunk(8).Select(eight => (byte)eight.Select((set, bit) => set ? 1 << bit : 0).Sum())];

    private static int CodeOf(char character)
    {
        for (var row = 0; character != '\0' && row < Rows.Length; row++)
        {
            if (Rows[row].IndexOf(character, StringComparison.Ordinal) is var column and >= 0)
            {
                return (16 * row) + column;
            }
        }

        return -1;
    }
}
