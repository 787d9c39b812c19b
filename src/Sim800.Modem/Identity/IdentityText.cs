namespace Sim800.Modem.Identity;

/// <summary>The answers to the identity commands, with and without the prefix or the name that some firmware puts before them.</summary>
internal static class IdentityText
{
    private const int MaxLength = 64;

    /// <summary>Free text such as <c>SIM800 R14.18</c>.</summary>
    internal static bool TryReadName(string line, out string name)
    {
        name = line.Trim().Trim('"').Trim();
        return name.Length is > 0 and <= MaxLength && !name.Any(char.IsControl);
    }

    /// <summary><c>SIMCOM_Ltd</c>.</summary>
    internal static bool TryReadManufacturer(string line, out string name) => TryReadName(Behind(line, "+GMI:", "+CGMI:", "Manufacturer:"), out name);

    /// <summary><c>SIMCOM_SIM800L</c>.</summary>
    internal static bool TryReadModel(string line, out string name) => TryReadName(Behind(line, "+GMM:", "+CGMM:", "Model:"), out name);

    /// <summary><c>Revision:1418B05SIM800L24</c>, with or without a space, or without the word.</summary>
    internal static bool TryReadFirmware(string line, out string firmware) =>
        TryReadName(Behind(Behind(line, "+GMR:", "+CGMR:"), "Revision:"), out firmware);

    /// <summary>
    /// The first line that can be read; or, of several, that with <c>Revision:</c>, and the line without a name behind it.
    /// </summary>
    internal static bool TryReadBuild(IReadOnlyList<string> lines, out string firmware)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].TrimStart().StartsWith("Revision:", StringComparison.OrdinalIgnoreCase) && TryReadFirmware(lines[at], out firmware))
            {
                var hasMore = at + 1 < lines.Count && !lines[at + 1].Contains(':', StringComparison.Ordinal) && TryReadName(lines[at + 1], out _);
                firmware = hasMore ? $"{firmware} {lines[at + 1].Trim()}" : firmware;
                return true;
            }
        }

        foreach (var line in lines)
        {
            if (TryReadFirmware(line, out firmware))
            {
                return true;
            }
        }

        firmware = "";
        return false;
    }

    /// <summary>15 digits, of which some firmware gives 14 or 16.</summary>
    internal static bool TryReadImei(string line, out string imei) =>
        TryReadDigits(Behind(line, "+GSN:", "+CGSN:", "IMEI:"), 14, 16, char.IsAsciiDigit, out imei);

    internal static bool TryReadImsi(string line, out string imsi) =>
        TryReadDigits(Behind(line, "+CIMI:", "IMSI:"), 6, 15, char.IsAsciiDigit, out imsi);

    /// <summary>
    /// Digits, of which operators use the hexadecimal ones too: the card has ten octets and nobody checks what is in them. F at the end fills
    /// up an odd number of them and is left out.
    /// </summary>
    internal static bool TryReadIccid(string line, out string iccid) =>
        TryReadDigits(Behind(line, "+CCID:", "+ICCID:", "ICCID:", "CCID:").TrimEnd('F', 'f'), 18, 22, char.IsAsciiHexDigit, out iccid);

    private static string Behind(string line, params ReadOnlySpan<string> prefixes)
    {
        var text = line.Trim();
        foreach (var prefix in prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                text = text[prefix.Length..];
                break;
            }
        }

        return text.Trim().Trim('"');
    }

    private static bool TryReadDigits(string text, int least, int most, Func<char, bool> isDigit, out string digits)
    {
        digits = text;
        return text.Length >= least && text.Length <= most && text.All(isDigit);
    }
}
