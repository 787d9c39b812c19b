using System.Text;

namespace Sim800.Simulator.Messages;

/// <summary>The fields that the TPDUs of 23.040 share: addresses (9.1.2.5), time stamps (9.2.3.11) and user data (9.2.3.24).</summary>
internal static class PduFields
{
    internal const int International = 0x91;
    internal const int Unknown = 0x81;
    private const int Alphanumeric = 0xD0;
    private const string Digits = "0123456789*#abc";

    /// <summary>The type of an address as 27.005 defaults it: 145 with a leading <c>+</c>, 129 without.</summary>
    internal static int TypeOf(string number) => number.StartsWith('+') ? International : Unknown;

    /// <summary>Length, type and semi-octets; a name that is not a number is alphanumeric.</summary>
    internal static byte[] Address(string number)
    {
        var digits = number.TrimStart('+');
        if (digits.All(character => char.IsAsciiDigit(character) || character is '*' or '#'))
        {
            return [(byte)digits.Length, (byte)TypeOf(number), .. Swapped(digits)];
        }

        // The length counts the semi-octets that carry something.
        return [(byte)(((7 * digits.Length) + 3) / 4), Alphanumeric, .. DefaultAlphabet.Pack(DefaultAlphabet.Bits(digits))];
    }

    /// <summary>Reads an address from its length on.</summary>
    /// <returns><c>false</c> when it ends behind the octets.</returns>
    internal static bool TryReadAddress(ReadOnlySpan<byte> octets, out string number, out int type, out int length)
    {
        (number, type, length) = ("", 0, 0);
        if (octets.Length < 2 || octets.Length < 2 + ((octets[0] + 1) / 2))
        {
            return false;
        }

        var (semiOctets, value) = (octets[0], octets[2..(2 + ((octets[0] + 1) / 2))].ToArray());
        type = octets[1];
        length = 2 + value.Length;
        number = (type & 0x70) == 0x50
            ? DefaultAlphabet.Text(value, 0, semiOctets * 4 / 7)
            : ((type & 0x70) == 0x10 ? "+" : "") + DigitsOf(value, semiOctets);
        return true;
    }

    /// <summary>"26/11/22,09:03:45+04": each pair of digits swapped, the sign in the zone's lowest bit but three.</summary>
    internal static byte[] TimeStamp(string time)
    {
        var stamp = Swapped(new string([.. time.Where(char.IsAsciiDigit)]));
        if (time.Contains('-', StringComparison.Ordinal))
        {
            stamp[6] |= 0x08;
        }

        return stamp;
    }

    /// <summary>The time of seven octets as text mode shows it.</summary>
    internal static string TimeOf(ReadOnlySpan<byte> stamp)
    {
        var isWest = (stamp[6] & 0x08) != 0;
        var fields = DigitsOf([.. stamp[..6], (byte)(stamp[6] & 0xF7)], 14);
        return $"{fields[..2]}/{fields[2..4]}/{fields[4..6]},{fields[6..8]}:{fields[8..10]}:{fields[10..12]}{(isWest ? '-' : '+')}{fields[12..]}";
    }

    /// <summary>Length and user data in the default alphabet, or in UCS2 when a character needs it.</summary>
    internal static byte[] UserData(byte[] header, string text)
    {
        if (!DefaultAlphabet.Has(text))
        {
            var octets = Encoding.BigEndianUnicode.GetBytes(text);
            return [(byte)(header.Length + octets.Length), .. header, .. octets];
        }

        var headerBits = header.SelectMany(octet => Enumerable.Range(0, 8).Select(bit => (octet >> bit & 1) != 0));
        var fill = Enumerable.Repeat(false, (7 - (header.Length * 8 % 7)) % 7);
        bool[] bits = [.. headerBits, .. fill, .. DefaultAlphabet.Bits(text)];
        return [(byte)(bits.Length / 7), .. DefaultAlphabet.Pack(bits)];
    }

    internal static byte[] Swapped(string digits) =>
        [.. digits.Chunk(2).Select(pair => (byte)((ValueOf(pair.Length > 1 ? pair[1] : 'F') << 4) | ValueOf(pair[0])))];

    private static int ValueOf(char digit) => digit is 'F' ? 0xF : Digits.IndexOf(digit, StringComparison.Ordinal);

    private static string DigitsOf(byte[] octets, int count) => string.Concat(Enumerable.Range(0, count)
        .Select(at => at % 2 == 0 ? octets[at / 2] & 0xF : octets[at / 2] >> 4)
        .Select(value => value < Digits.Length ? Digits[value] : '?'));
}
