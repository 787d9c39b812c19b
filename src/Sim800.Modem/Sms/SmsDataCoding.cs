namespace Sim800.Modem.Sms;

/// <summary>The data coding scheme octet (3GPP TS 23.038 §4).</summary>
internal static class SmsDataCoding
{
    internal const byte Gsm7 = 0x00;
    internal const byte Ucs2 = 0x08;

    internal static SmsAlphabet AlphabetOf(byte scheme) => (scheme >> 4) switch
    {
        <= 0x7 when (scheme & 0x20) != 0 => SmsAlphabet.Data8, // compressed: not text to us
        <= 0x7 => General(scheme),
        0xE => SmsAlphabet.Ucs2, // message waiting, UCS2
        0xF when (scheme & 0x04) != 0 => SmsAlphabet.Data8,
        _ => SmsAlphabet.Gsm7, // "any reserved codings shall be assumed to be the GSM 7 bit default alphabet"
    };

    private static SmsAlphabet General(byte scheme) => ((scheme >> 2) & 0x3) switch
    {
        1 => SmsAlphabet.Data8,
        2 => SmsAlphabet.Ucs2,
        _ => SmsAlphabet.Gsm7,
    };
}
