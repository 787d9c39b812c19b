using System.Text;
using Sim800.Modem.Alphabets;

namespace Sim800.Modem.Sms;

/// <summary>SMS-SUBMIT, a message to the network (3GPP TS 23.040 §9.2.2.2), as AT+CMGS takes it in PDU mode.</summary>
/// <param name="Hex">The service centre's field, empty so that the SIM's is used, and the TPDU.</param>
/// <param name="TpduLength">Octets of the TPDU alone: the argument of AT+CMGS.</param>
internal readonly record struct SmsSubmit(string Hex, int TpduLength)
{
    /// <summary>Most parts that a long message can have.</summary>
    internal const int MaxParts = 255;

    private const byte Submit = 0x01;
    private const byte HeaderBit = 0x40; // TP-UDHI
    private const byte ReportBit = 0x20; // TP-SRR
    private const int MaxUserData = 140;
    private const int MaxUserDataSeptets = 160;

    /// <summary>The PDUs that carry the text: one, or as many parts as it takes.</summary>
    /// <param name="number">A number for which <see cref="SmsAddress.IsNumber"/> is true.</param>
    /// <param name="text">Any text.</param>
    /// <param name="reference">Tells this message's parts from those of others; only its low 8 bits count.</param>
    /// <param name="wantsReport">Whether the service centre is to report what becomes of each part.</param>
    /// <exception cref="ArgumentException">The text needs more than <see cref="MaxParts"/> parts.</exception>
    internal static IReadOnlyList<SmsSubmit> Split(string number, string text, int reference, bool wantsReport = false)
    {
        var alphabet = text.All(character => GsmAlphabet.SeptetCount(character) > 0) ? SmsAlphabet.Gsm7 : SmsAlphabet.Ucs2;
        var whole = alphabet == SmsAlphabet.Gsm7 ? MaxUserDataSeptets : MaxUserData / 2;
        var parts = Cut(text, alphabet, whole);
        if (parts.Count > 1)
        {
            var shortened = MaxUserData - SmsUserDataHeader.ConcatenationLength;
            parts = Cut(text, alphabet, alphabet == SmsAlphabet.Gsm7 ? shortened * 8 / 7 : shortened / 2);
        }

        if (parts.Count > MaxParts)
        {
            throw new ArgumentException($"A message has at most {MaxParts} parts; this text needs {parts.Count}.", nameof(text));
        }

        return
        [
            .. parts.Select((part, index) => Write(
                number,
                part,
                alphabet,
                wantsReport,
                parts.Count == 1 ? [] : SmsUserDataHeader.Write(new SmsConcatenation(reference & 0xFF, parts.Count, index + 1)))),
        ];
    }

    /// <summary>Cuts between characters, never within an escape sequence or a surrogate pair.</summary>
    private static List<string> Cut(string text, SmsAlphabet alphabet, int capacity)
    {
        var parts = new List<string>();
        var (start, used) = (0, 0);
        for (var at = 0; at < text.Length;)
        {
            var pair = char.IsSurrogatePair(text, at);
            var units = pair ? 2 : 1;
            var size = alphabet == SmsAlphabet.Gsm7 ? GsmAlphabet.SeptetCount(text[at]) : units;
            if (used + size > capacity)
            {
                parts.Add(text[start..at]);
                (start, used) = (at, 0);
            }

            used += size;
            at += units;
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static SmsSubmit Write(string number, string text, SmsAlphabet alphabet, bool wantsReport, byte[] header)
    {
        var tpdu = new List<byte>(160) { (byte)(Submit | (header.Length > 0 ? HeaderBit : 0) | (wantsReport ? ReportBit : 0)), 0 };
        tpdu.AddRange(SmsAddress.Write(number));
        tpdu.Add(0); // protocol identifier
        if (alphabet == SmsAlphabet.Gsm7)
        {
            var septets = GsmAlphabet.Encode(text);
            var headerSeptets = ((header.Length * 8) + 6) / 7;
            tpdu.Add(SmsDataCoding.Gsm7);
            tpdu.Add((byte)(headerSeptets + septets.Length));
            tpdu.AddRange(header);
            tpdu.AddRange(SeptetPacking.Pack(septets, (headerSeptets * 7) - (header.Length * 8)));
        }
        else
        {
            var octets = Encoding.BigEndianUnicode.GetBytes(text);
            tpdu.Add(SmsDataCoding.Ucs2);
            tpdu.Add((byte)(header.Length + octets.Length));
            tpdu.AddRange(header);
            tpdu.AddRange(octets);
        }

        return new SmsSubmit("00" + Convert.ToHexString([.. tpdu]), tpdu.Count);
    }
}
