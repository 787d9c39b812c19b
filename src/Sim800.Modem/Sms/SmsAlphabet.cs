namespace Sim800.Modem.Sms;

/// <summary>How the user data of a message is coded.</summary>
internal enum SmsAlphabet
{
    /// <summary>GSM 7 bit default alphabet.</summary>
    Gsm7,

    /// <summary>8 bit data without a meaning of its own.</summary>
    Data8,

    /// <summary>UCS2, in practice UTF-16 big endian.</summary>
    Ucs2,
}
