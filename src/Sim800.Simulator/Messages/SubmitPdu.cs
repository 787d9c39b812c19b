using System.Text;

namespace Sim800.Simulator.Messages;

/// <summary>SMS-SUBMIT (23.040 9.2.2.2) as the host gives it in PDU mode.</summary>
internal static class SubmitPdu
{
    private const string Digits = "0123456789*#abc?";

    /// <param name="hex">Service centre and TPDU.</param>
    /// <param name="length">Octets of the TPDU alone, as AT+CMGS announced them.</param>
    /// <param name="number">The receiver.</param>
    /// <param name="text">What the receiver reads, without the header of a long message.</param>
    /// <returns><c>false</c> when it is no PDU of this length.</returns>
    internal static bool TryRead(string hex, int length, out string number, out string text)
    {
        (number, text) = ("", "");
        if (hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var pdu = Convert.FromHexString(hex);
        if (pdu.Length == 0 || pdu.Length != 1 + pdu[0] + length || length < 8)
        {
            return false;
        }

        var tpdu = pdu[(1 + pdu[0])..];
        var addressEnd = 4 + ((tpdu[2] + 1) / 2);
        var validity = (tpdu[0] >> 3 & 3) switch { 0 => 0, 2 => 1, _ => 7 };
        var start = addressEnd + 2 + validity;
        if ((tpdu[0] & 3) != 1 || tpdu.Length <= start)
        {
            return false;
        }

        number = (tpdu[3] == 0x91 ? "+" : "") + string.Concat(Enumerable.Range(0, tpdu[2])
            .Select(digit => Digits[digit % 2 == 0 ? tpdu[4 + (digit / 2)] & 0xF : tpdu[4 + (digit / 2)] >> 4]));
        return TryReadText(tpdu[(start + 1)..], tpdu[addressEnd + 1], tpdu[start], (tpdu[0] & 0x40) != 0, out text);
    }

    private static bool TryReadText(byte[] userData, byte coding, int length, bool hasHeader, out string text)
    {
        text = "";
        var (seven, wide) = ((coding & 0x0C) == 0, (coding & 0xCC) == 0x08);
        var octets = seven ? ((length * 7) + 7) / 8 : length;
        var header = hasHeader && userData.Length > 0 ? userData[0] + 1 : 0;
        if (userData.Length != octets || octets > 140 || header > octets)
        {
            return false;
        }

        var headerSeptets = ((header * 8) + 6) / 7;
        text = seven
            ? DefaultAlphabet.Text(userData, headerSeptets * 7, Math.Max(length - headerSeptets, 0))
            : (wide ? Encoding.BigEndianUnicode : Encoding.Latin1).GetString(userData, header, octets - header);
        return true;
    }
}
