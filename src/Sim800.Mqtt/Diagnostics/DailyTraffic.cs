namespace Sim800.Mqtt.Composition;

/// <summary>
/// How much of a total has come since midnight UTC. Pure. What comes between two looks belongs to the day of the later one, and a clock that
/// is set back does not begin a day anew.
/// </summary>
internal sealed class DailyTraffic
{
    private DateOnly _day;
    private long _atMidnight;
    private long _last;

    /// <param name="now">The time.</param>
    /// <param name="total">All so far, never less than before.</param>
    internal long Observe(DateTimeOffset now, long total)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        if (day > _day)
        {
            (_day, _atMidnight) = (day, _last);
        }

        _last = total;
        return total - _atMidnight;
    }
}
