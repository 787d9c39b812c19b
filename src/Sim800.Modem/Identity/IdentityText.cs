namespace Sim800.Modem.Identity;

/// <summary>The answers to the identity commands, with and without the prefix that some firmware puts before them.</summary>
internal static class IdentityText
{
    private const int MaxLength = 64;

    /// <summary>Free text such as <c>SIMCOM_SIM800L</c>.</summary>
    internal static bool TryReadName(string line, out string name)
    {
        name = line.Trim();
        return name.Length is > 0 and <= MaxLength && !name.Any(char.IsControl);
    }

    /// <summary><c>Revision:1418B05SIM800L24</c>, with or without a space, or without the word.</summary>
    internal static bool TryReadFirmware(string line, out string firmware) => TryReadName(Behind(line, "Revision:"), out firmware);

    /// <summary>15 digits, of which some firmware gives 14 or 16.</summary>
    internal static bool TryReadImei(string line, out string imei) => TryReadDigits(Behind(line, "+GSN:"), 14, 16, out imei);

    internal static bool TryReadImsi(string line, out string imsi) => TryReadDigits(Behind(line, "+CIMI:"), 6, 15, out imsi);

    /// <summary>Digits; a final F fills up an odd number of them and is left out.</summary>
    internal static bool TryReadIccid(string line, out string iccid) =>
        TryReadDigits(Behind(line, "+CCID:").TrimEnd('F', 'f'), 18, 22, out iccid);

    private static string Behind(string line, string prefix)
    {
        var text = line.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? line[prefix.Length..] : line;
        return text.Trim().Trim('"');
    }

    private static bool TryReadDigits(string text, int least, int most, out string digits)
    {
        digits = text;
        return text.Length >= least && text.Length <= most && text.All(char.IsAsciiDigit);
    }
}
