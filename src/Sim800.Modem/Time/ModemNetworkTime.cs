using System.Runtime.InteropServices;

namespace Sim800.Modem;

/// <summary>The time that the network sent to the modem (<c>*PSUTTZ</c>, after <c>AT+CLTS=1</c>).</summary>
/// <param name="Time">The time, with the distance of the local zone from UTC, summer time included.</param>
/// <param name="DaylightSavingHours">How many hours of that are summer time: 0, 1 or 2.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ModemNetworkTime(DateTimeOffset Time, int DaylightSavingHours)
{
    private const string Prefix = "*PSUTTZ:";
    private const string ZoneFirst = "+CTZV:";
    private const int MaxQuarters = 14 * 4;
    private const int MaxNumbers = 8;

    /// <summary>
    /// Reads <c>*PSUTTZ: 2020,12,9,12,57,4,"+12",0</c> and <c>*PSUTTZ: 23/03/12,22:09:23","+04",0</c>: UTC, the zone in
    /// quarters of an hour, and the hours of summer time.
    /// </summary>
    internal static bool TryRead(string line, out ModemNetworkTime time)
    {
        time = default;
        if (line.StartsWith(ZoneFirst, StringComparison.Ordinal))
        {
            return TryReadZoneFirst(line.AsSpan(ZoneFirst.Length), out time);
        }

        Span<int> numbers = stackalloc int[MaxNumbers];
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)
            || !TryReadNumbers(line.AsSpan(Prefix.Length), numbers, out var count)
            || count < MaxNumbers - 1
            || !IsTime(numbers))
        {
            return false;
        }

        var year = numbers[0] < 100 ? 2000 + numbers[0] : numbers[0];
        var utc = new DateTimeOffset(year, numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], TimeSpan.Zero);
        time = new ModemNetworkTime(utc.ToOffset(TimeSpan.FromMinutes(15 * numbers[6])), count == MaxNumbers ? numbers[7] : 0);
        return true;
    }

    /// <summary>Reads <c>+CTZV: +32,08/12/09,17:00:00</c>, with the hours of summer time behind it or without; the time is UTC.</summary>
    private static bool TryReadZoneFirst(ReadOnlySpan<char> text, out ModemNetworkTime time)
    {
        time = default;
        Span<int> numbers = stackalloc int[MaxNumbers];
        if (!TryReadNumbers(text, numbers, out var count) || count < MaxNumbers - 1)
        {
            return false;
        }

        Span<int> ordered = [numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[0], numbers[7]];
        if (!IsTime(ordered))
        {
            return false;
        }

        var utc = new DateTimeOffset(2000 + (ordered[0] % 100), ordered[1], ordered[2], ordered[3], ordered[4], ordered[5], TimeSpan.Zero);
        time = new ModemNetworkTime(utc.ToOffset(TimeSpan.FromMinutes(15 * ordered[6])), count == MaxNumbers ? ordered[7] : 0);
        return true;
    }

    private static bool TryReadNumbers(ReadOnlySpan<char> text, Span<int> numbers, out int count)
    {
        numbers.Clear();
        count = 0;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end == at)
            {
                if (!" ,/:\"+-".Contains(text[at], StringComparison.Ordinal))
                {
                    return false;
                }

                at++;
                continue;
            }

            if (count == numbers.Length || end - at > 4)
            {
                return false;
            }

            var sign = at > 0 && text[at - 1] == '-' ? -1 : 1;
            numbers[count++] = sign * int.Parse(text[at..end], System.Globalization.CultureInfo.InvariantCulture);
            at = end;
        }

        return true;
    }

    private static bool IsTime(ReadOnlySpan<int> numbers) =>
        numbers[0] is (>= 0 and < 100) or (>= 2000 and < 2100)
        && numbers[1] is >= 1 and <= 12
        && numbers[2] >= 1 && numbers[2] <= DateTime.DaysInMonth(2000 + (numbers[0] % 100), numbers[1])
        && numbers[3] is >= 0 and <= 23
        && numbers[4] is >= 0 and <= 59
        && numbers[5] is >= 0 and <= 59
        && numbers[6] is >= -MaxQuarters and <= MaxQuarters
        && numbers[7] is >= 0 and <= 2;
}
