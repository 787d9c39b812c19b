using System.Globalization;

namespace Sim800.Modem.Time;

/// <summary>The answer to <c>AT+CCLK?</c>.</summary>
internal static class ClockText
{
    private const string Format = "yy/MM/dd,HH:mm:ss";
    private const int FirstPlausibleYear = 2015;
    private const int MaxQuarters = 14 * 4;

    /// <summary>Reads <c>+CCLK: "20/12/09,15:57:04+12"</c>: local time, its zone in quarters of an hour.</summary>
    /// <param name="line">The line.</param>
    /// <param name="time">The time; <c>null</c> when the clock was never set: it starts in 2004, older firmware in 1980.</param>
    internal static bool TryRead(string line, out DateTimeOffset? time)
    {
        time = null;
        var text = line.AsSpan(line.IndexOf(':', StringComparison.Ordinal) + 1).Trim().Trim('"');
        if (text.Length < Format.Length || !TryReadZone(text[Format.Length..], out var zone))
        {
            return false;
        }

        var centuries = text[0] >= '7' ? "19" : "20"; // the first digit of a two-digit year
        var full = string.Concat(centuries, text[..Format.Length]);
        if (!DateTime.TryParseExact(full, "yy" + Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        time = local.Year < FirstPlausibleYear ? null : new DateTimeOffset(local, zone);
        return true;
    }

    /// <summary>Reads <c>+12</c>; nothing at all is UTC.</summary>
    internal static bool TryReadZone(ReadOnlySpan<char> text, out TimeSpan zone)
    {
        zone = default;
        if (text.IsEmpty)
        {
            return true;
        }

        var read = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quarters);
        if (!read || quarters is < -MaxQuarters or > MaxQuarters)
        {
            return false;
        }

        zone = TimeSpan.FromMinutes(15 * quarters);
        return true;
    }
}
