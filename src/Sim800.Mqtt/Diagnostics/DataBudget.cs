using System.Runtime.InteropServices;

namespace Sim800.Mqtt.Composition;

/// <summary>Judges the bytes of a day by a budget. Pure.</summary>
internal sealed class DataBudget(Sim800DataBudget options)
{
    private DateOnly _told;

    /// <param name="now">The time.</param>
    /// <param name="today">The bytes since midnight UTC.</param>
    internal DataBudgetVerdict Judge(DateTimeOffset now, long today)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var isSpent = today >= options.BytesPerDay;
        var isNews = isSpent && _told != day;
        _told = isNews ? day : _told;
        return new DataBudgetVerdict(
            isSpent,
            isNews,
            HoldsAtMostOnce: isSpent && options.Policy is Sim800DataBudgetPolicy.HoldAtMostOnce,
            Stops: isSpent && options.Policy is Sim800DataBudgetPolicy.Stop,
            new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));
    }
}

/// <summary>What follows from the bytes of a day.</summary>
/// <param name="IsSpent">Whether the budget is used up.</param>
/// <param name="IsNews">Whether that is said for the first time on this day.</param>
/// <param name="HoldsAtMostOnce">Whether messages of QoS 0 are treated as without a connection.</param>
/// <param name="Stops">Whether there is to be no connection.</param>
/// <param name="Until">The end of the day.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DataBudgetVerdict(bool IsSpent, bool IsNews, bool HoldsAtMostOnce, bool Stops, DateTimeOffset Until);
