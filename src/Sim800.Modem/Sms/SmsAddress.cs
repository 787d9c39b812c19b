using System.Buffers;
using System.Text;
using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Sms;

/// <summary>An address field (3GPP TS 23.040 §9.1.2.5): a telephone number or the name of a sender.</summary>
internal static class SmsAddress
{
    private const int MaxDigits = 20;
    private const byte Fill = 0xF;
    private const byte UnknownNumber = 0x81; // unknown type, ISDN plan
    private const byte InternationalNumber = 0x91;
    private const int TypeMask = 0x70;
    private const int International = 0x10;
    private const int Alphanumeric = 0x50;
    private static readonly SearchValues<char> Dialled = SearchValues.Create("0123456789*#");

    private const string Digits = "0123456789*#abc";

    /// <summary>Whether the text is a number that can be dialled: digits, <c>*</c>, <c>#</c>, with or without a leading <c>+</c>.</summary>
    internal static bool IsNumber(string number)
    {
        var digits = number.StartsWith('+') ? number.AsSpan(1) : number;
        return digits.Length is >= 1 and <= MaxDigits && !digits.ContainsAnyExcept(Dialled);
    }

    /// <summary>Length in digits, type, and the digits two an octet, the first in the low half.</summary>
    internal static byte[] Write(string number)
    {
        var international = number.StartsWith('+');
        var digits = international ? number.AsSpan(1) : number;
        var field = new byte[2 + ((digits.Length + 1) / 2)];
        field[0] = (byte)digits.Length;
        field[1] = international ? InternationalNumber : UnknownNumber;
        for (var i = 0; i < field.Length - 2; i++)
        {
            var high = (2 * i) + 1 < digits.Length ? Digits.IndexOf(digits[(2 * i) + 1], StringComparison.Ordinal) : Fill;
            field[2 + i] = (byte)((high << 4) | Digits.IndexOf(digits[2 * i], StringComparison.Ordinal));
        }

        return field;
    }

    /// <exception cref="SmsException">The field is longer than the standard allows, or than the PDU.</exception>
    internal static string Read(ref SmsPduReader pdu)
    {
        var length = pdu.TakeOctet();
        if (length > MaxDigits)
        {
            throw SmsException.MalformedPdu("an address in it is too long");
        }

        var type = pdu.TakeOctet();
        var octets = pdu.Take((length + 1) / 2);
        if ((type & TypeMask) == Alphanumeric)
        {
            return ReadName(SeptetPacking.Unpack(octets, length * 4 / 7, 0));
        }

        return ((type & TypeMask) == International ? "+" : "") + ReadDigits(octets, length);
    }

    /// <summary>
    /// A name that does not fill its octets is padded: with the zero septet that fits behind seven of them, with more zeros, with CR or with
    /// spaces.
    /// </summary>
    private static string ReadName(ReadOnlySpan<byte> septets)
    {
        var name = septets.TrimEnd((byte)0);
        if (septets.Length - name.Length == 1 && septets.Length % 8 != 0)
        {
            name = septets; // ends in @, which is zero
        }

        return GsmAlphabet.Decode(name.TrimEnd("\r "u8));
    }

    private static string ReadDigits(ReadOnlySpan<byte> octets, int length)
    {
        var digits = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            var digit = i % 2 == 0 ? octets[i / 2] & 0xF : octets[i / 2] >> 4;
            if (digit != Fill)
            {
                digits.Append(Digits[digit]);
            }
        }

        return digits.ToString();
    }
}
