using System.Globalization;

namespace Sim800.Cli.Rendering;

/// <summary>The conversions of strftime(3) in the C locale, one letter each.</summary>
internal static class StrfTime
{
    /// <param name="letter">The conversion, without its percent sign.</param>
    /// <param name="time">The local time.</param>
    /// <param name="zone">The abbreviation of its zone.</param>
    /// <returns>What a letter stands for; of an unknown one the letter itself behind a percent sign, as the C library of GNU has it.</returns>
    internal static string Convert(char letter, DateTimeOffset time, string zone) => letter switch
    {
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        'Z' => zone,
        'N' => Number(time.Ticks % TimeSpan.TicksPerSecond * 100, 9), // of mosquitto_sub
        _ => OfDate(letter, time) ?? OfWeek(letter, time) ?? OfClock(letter, time) ?? Composed(letter, time, zone) ?? $"%{letter}",
    };

    /// <summary>Without a culture the names of a zone are its abbreviations; only that of UTC is in words.</summary>
    internal static string Abbreviation(TimeZoneInfo zone, DateTimeOffset time) =>
        zone.HasSameRules(TimeZoneInfo.Utc) ? "UTC" : zone.IsDaylightSavingTime(time) ? zone.DaylightName : zone.StandardName;

    private static string? OfDate(char letter, DateTimeOffset time) => letter switch
    {
        'a' => Text(time, "ddd"),
        'A' => Text(time, "dddd"),
        'b' or 'h' => Text(time, "MMM"),
        'B' => Text(time, "MMMM"),
        'C' => Number(time.Year / 100, 2),
        'd' => Number(time.Day, 2),
        'e' => Padded(time.Day),
        'j' => Number(time.DayOfYear, 3),
        'm' => Number(time.Month, 2),
        'y' => Number(time.Year % 100, 2),
        'Y' => Number(time.Year, 1),
        _ => null,
    };

    private static string? OfWeek(char letter, DateTimeOffset time)
    {
        var (day, weekday) = (time.DayOfYear - 1, (int)time.DayOfWeek);
        return letter switch
        {
            'g' => Number(ISOWeek.GetYear(time.DateTime) % 100, 2),
            'G' => Number(ISOWeek.GetYear(time.DateTime), 1),
            'u' => Number(weekday == 0 ? 7 : weekday, 1),
            'U' => Number((day + 7 - weekday) / 7, 2),
            'V' => Number(ISOWeek.GetWeekOfYear(time.DateTime), 2),
            'w' => Number(weekday, 1),
            'W' => Number((day + 7 - ((weekday + 6) % 7)) / 7, 2),
            _ => null,
        };
    }

    private static string? OfClock(char letter, DateTimeOffset time)
    {
        var hour = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        return letter switch
        {
            'H' => Number(time.Hour, 2),
            'I' => Number(hour, 2),
            'k' => Padded(time.Hour),
            'l' => Padded(hour),
            'M' => Number(time.Minute, 2),
            'p' => time.Hour < 12 ? "AM" : "PM",
            'P' => time.Hour < 12 ? "am" : "pm",
            's' => Number(time.ToUnixTimeSeconds(), 1),
            'S' => Number(time.Second, 2),
            'z' => Text(time, "zzz").Replace(":", string.Empty, StringComparison.Ordinal),
            _ => null,
        };
    }

    private static string? Composed(char letter, DateTimeOffset time, string zone)
    {
        var format = letter switch
        {
            'c' => "a b e T Y",
            'D' or 'x' => "m/d/y",
            'F' => "Y-m-d",
            'r' => "I:M:S p",
            'R' => "H:M",
            'T' or 'X' => "H:M:S",
            _ => null,
        };
        return format is null ? null : string.Concat(format.Select(part => char.IsAsciiLetter(part) ? Convert(part, time, zone) : part.ToString()));
    }

    private static string Text(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);

    private static string Number(long value, int digits) => value.ToString("D" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Padded(int value) => value.ToString(CultureInfo.InvariantCulture).PadLeft(2);
}
