using System.Globalization;
using System.Text;

namespace Sim800.Simulator.Messages;

/// <summary>SMS-DELIVER (23.040 9.2.2.1) as the modem shows it in PDU mode.</summary>
/// <param name="Hex">Service centre and TPDU.</param>
/// <param name="Length">Octets of the TPDU alone.</param>
internal sealed record DeliverPdu(string Hex, int Length)
{
    private const string ServiceCentre = "07919471010000F0"; // +49171000000

    /// <summary>Cuts a text as the sender's telephone would: into what fits one message each.</summary>
    internal static IReadOnlyList<string> Cut(string text)
    {
        Func<char, int> size = DefaultAlphabet.Has(text) ? DefaultAlphabet.SeptetsOf : static _ => 1;
        var (whole, most) = DefaultAlphabet.Has(text) ? (160, 153) : (70, 67);
        if (text.Sum(size) <= whole)
        {
            return [text];
        }

        var pieces = new List<string>();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = EndOfPiece(text, start, most, size);
            pieces.Add(text[start..end]);
        }

        return pieces;
    }

    /// <summary>Neither an escape sequence nor a surrogate pair is divided (23.040 9.2.3.24.1).</summary>
    private static int EndOfPiece(string text, int start, int most, Func<char, int> size)
    {
        var end = start;
        for (var used = 0; end < text.Length && used + size(text[end]) <= most; end++)
        {
            used += size(text[end]);
        }

        return end < text.Length && char.IsLowSurrogate(text[end]) ? end - 1 : end;
    }

    internal static DeliverPdu Of(ShortMessage message)
    {
        var header = message.Segment is { } segment ? segment.Header : [];
        var seven = DefaultAlphabet.Has(message.Text);
        byte[] tpdu =
        [
            (byte)(0x04 | (header.Length > 0 ? 0x40 : 0)), // DELIVER, no more messages waiting
            .. Sender(message.Sender),
            0,
            (byte)(seven ? 0 : 8),
            .. TimeStamp(message.Time),
            .. seven ? SevenBit(header, message.Text) : SixteenBit(header, message.Text),
        ];
        return new DeliverPdu(ServiceCentre + Convert.ToHexString(tpdu), tpdu.Length);
    }

    private static byte[] Sender(string sender)
    {
        var digits = sender.TrimStart('+');
        if (!digits.All(char.IsAsciiDigit))
        {
            var name = Octets(DefaultAlphabet.Bits(digits));

            // The length counts the semi-octets that carry something (23.040 9.1.2.5).
            return [(byte)(((7 * digits.Length) + 3) / 4), 0xD0, .. name];
        }

        return [(byte)digits.Length, (byte)(sender.StartsWith('+') ? 0x91 : 0x81), .. Swapped(digits)];
    }

    /// <summary>"26/11/22,09:03:45+04": each pair of digits swapped, the sign in the zone's lowest bit but three.</summary>
    private static byte[] TimeStamp(string time)
    {
        var stamp = Swapped(new string([.. time.Where(char.IsAsciiDigit)]));
        if (time.Contains('-', StringComparison.Ordinal))
        {
            stamp[6] |= 0x08;
        }

        return stamp;
    }

    private static byte[] SevenBit(byte[] header, string text)
    {
        var headerBits = header.SelectMany(octet => Enumerable.Range(0, 8).Select(bit => (octet >> bit & 1) != 0));
        var fill = Enumerable.Repeat(false, (7 - (header.Length * 8 % 7)) % 7);
        bool[] bits = [.. headerBits, .. fill, .. DefaultAlphabet.Bits(text)];
        return [(byte)(bits.Length / 7), .. Octets(bits)];
    }

    private static byte[] SixteenBit(byte[] header, string text)
    {
        var octets = Encoding.BigEndianUnicode.GetBytes(text);
        return [(byte)(header.Length + octets.Length), .. header, .. octets];
    }

    private static byte[] Swapped(string digits) =>
        [.. digits.Chunk(2).Select(pair => byte.Parse(
            $"{(pair.Length > 1 ? pair[1] : 'F')}{pair[0]}", NumberStyles.HexNumber, CultureInfo.InvariantCulture))];

    private static byte[] Octets(IEnumerable<bool> bits) =>
        [.. bits.Chunk(8).Select(eight => (byte)eight.Select((set, bit) => set ? 1 << bit : 0).Sum())];
}
