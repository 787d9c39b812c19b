using System.Buffers.Binary;
using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Sms;

/// <summary>SMS-DELIVER, a message from the network (3GPP TS 23.040 §9.2.2.1), as AT+CMGR and AT+CMGL give it in PDU mode.</summary>
internal static class SmsDeliver
{
    private const int MaxHexLength = 2 * (1 + 11 + 164); // service centre and the longest TPDU
    private const int TypeMask = 0x03;
    private const int Deliver = 0x00;
    private const int Reserved = 0x03; // "shall process the message as if it were an SMS-DELIVER" (9.2.3.1)
    private const int HeaderBit = 0x40; // TP-UDHI
    private const int MaxUserData = 140;

    /// <exception cref="SmsException">The text is no SMS-DELIVER in hexadecimal.</exception>
    internal static SmsSegment Read(string hex)
    {
        var pdu = new SmsPduReader(FromHex(hex));
        pdu.Take(pdu.TakeOctet()); // the service centre's number: of no interest
        var first = pdu.TakeOctet();
        if ((first & TypeMask) is not (Deliver or Reserved))
        {
            throw SmsException.MalformedPdu("it is not a received message");
        }

        var sender = SmsAddress.Read(ref pdu);
        pdu.TakeOctet(); // protocol identifier
        var alphabet = SmsDataCoding.AlphabetOf(pdu.TakeOctet());
        var sentAt = SmsTimestamp.Read(pdu.Take(SmsTimestamp.Length));
        return ReadUserData(ref pdu, alphabet, (first & HeaderBit) != 0) with { Sender = sender, SentAt = sentAt };
    }

    internal static byte[] FromHex(string hex)
    {
        if (hex.Length > MaxHexLength || hex.Length % 2 != 0 || !CharacterSet.IsHex(hex))
        {
            throw SmsException.MalformedPdu("it is not hexadecimal of a possible length");
        }

        return Convert.FromHexString(hex);
    }

    private static SmsSegment ReadUserData(ref SmsPduReader pdu, SmsAlphabet alphabet, bool hasHeader)
    {
        var length = pdu.TakeOctet(); // septets, or octets
        var octets = pdu.Take(alphabet == SmsAlphabet.Gsm7 ? SeptetPacking.OctetCount(length, 0) : length);
        if (octets.Length > MaxUserData)
        {
            throw SmsException.MalformedPdu("its text is too long");
        }

        var header = hasHeader ? HeaderLength(octets) : 0;
        var languages = default(SmsLanguages);
        var part = hasHeader ? SmsUserDataHeader.Read(octets[1..header], out languages) : null;
        var body = octets[header..];
        return alphabet switch
        {
            SmsAlphabet.Gsm7 => new SmsSegment("", null, ReadGsm7(octets, length, header, languages), default, part) { Languages = languages },
            SmsAlphabet.Ucs2 when body is [0xFF, 0xFE, ..] =>
                new SmsSegment("", null, Swapped(CharacterSet.FromUcs2Octets(body[2..])), default, part) { IsLittleEndian = true },
            SmsAlphabet.Ucs2 => new SmsSegment("", null, CharacterSet.FromUcs2Octets(body is [0xFE, 0xFF, ..] ? body[2..] : body), default, part),
            _ => new SmsSegment("", null, "", body.ToArray(), part),
        };
    }

    private static int HeaderLength(ReadOnlySpan<byte> userData)
    {
        var length = userData.IsEmpty ? 1 : 1 + userData[0];
        return length <= userData.Length ? length : throw SmsException.MalformedPdu("its header is longer than its text");
    }

    /// <summary>The text starts at the next septet boundary behind the header (§9.2.3.24).</summary>
    private static string ReadGsm7(ReadOnlySpan<byte> octets, int septets, int header, SmsLanguages languages)
    {
        var headerSeptets = ((header * 8) + 6) / 7;
        var count = Math.Max(septets - headerSeptets, 0);
        return GsmAlphabet.DecodePart(SeptetPacking.Unpack(octets, septets, 0).AsSpan(septets - count), languages);
    }

    /// <summary>UCS2 whose octets came the other way round, as a byte order mark at its beginning says.</summary>
    internal static string Swapped(string text) => string.Create(text.Length, text, static (characters, from) =>
    {
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = (char)BinaryPrimitives.ReverseEndianness((ushort)from[i]);
        }
    });
}

/// <summary>One received SMS-DELIVER: a message, or a part of a long one.</summary>
/// <param name="Sender">Number or name.</param>
/// <param name="SentAt">When the service centre got it; <c>null</c> when its time makes no sense.</param>
/// <param name="Text">Its text; empty for 8 bit data. Half of a character may stand at either end of a part.</param>
/// <param name="Data">8 bit data; empty for text.</param>
/// <param name="Part">Where it belongs; <c>null</c> for a whole message.</param>
internal sealed record SmsSegment(
    string Sender, DateTimeOffset? SentAt, string Text, ReadOnlyMemory<byte> Data, SmsConcatenation? Part)
{
    /// <summary>The national languages of its text.</summary>
    public SmsLanguages Languages { get; init; }

    /// <summary>A byte order mark at its beginning says that the octets of its characters are swapped: those of the other parts are too.</summary>
    public bool IsLittleEndian { get; init; }
}
