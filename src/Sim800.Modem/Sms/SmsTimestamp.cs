namespace Sim800.Modem.Sms;

/// <summary>The service centre time stamp (3GPP TS 23.040 §9.2.3.11): local time and its distance from GMT in quarters of an hour.</summary>
internal static class SmsTimestamp
{
    internal const int Length = 7;

    private const int SignBit = 0x08;
    private const int MaxQuarters = 14 * 4;

    /// <returns><c>null</c> when the octets are no time.</returns>
    internal static DateTimeOffset? Read(ReadOnlySpan<byte> octets)
    {
        Span<int> fields = stackalloc int[6];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = Swapped(octets[i]);
        }

        var quarters = Swapped((byte)(octets[6] & ~SignBit));
        if (quarters is < 0 or > MaxQuarters || !IsTime(fields))
        {
            return null;
        }

        var offset = TimeSpan.FromMinutes(15 * ((octets[6] & SignBit) != 0 ? -quarters : quarters));
        return new DateTimeOffset(2000 + fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], offset);
    }

    /// <summary>Two decimal digits in swapped halves; -1 when they are not decimal.</summary>
    private static int Swapped(byte octet)
    {
        var (tens, units) = (octet & 0xF, octet >> 4);
        return tens > 9 || units > 9 ? -1 : (tens * 10) + units;
    }

    private static bool IsTime(ReadOnlySpan<int> fields) =>
        fields[0] >= 0
        && fields[1] is >= 1 and <= 12
        && fields[2] >= 1 && fields[2] <= DateTime.DaysInMonth(2000 + fields[0], fields[1])
        && fields[3] is >= 0 and <= 23
        && fields[4] is >= 0 and <= 59
        && fields[5] is >= 0 and <= 59;
}
