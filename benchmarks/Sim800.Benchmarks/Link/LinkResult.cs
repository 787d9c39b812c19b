namespace Sim800.Benchmarks.Link;

/// <summary>One row of the link budget.</summary>
/// <param name="Scenario">What was done.</param>
/// <param name="Conditions">On which line.</param>
/// <param name="Limit">What physics demands for the bytes that were sent.</param>
/// <param name="Measured">What it took on the virtual modem.</param>
/// <param name="Counts">What was counted meanwhile.</param>
/// <param name="Messages">Messages moved, for the throughput scenarios.</param>
internal sealed record LinkResult(
    string Scenario, LinkConditions Conditions, TimeSpan Limit, TimeSpan Measured, LinkCounts Counts, int Messages = 1)
{
    /// <summary>A row below this share of the least owes its reader a reason.</summary>
    internal const double Enough = 0.95;

    /// <summary>The bytes that the protocols need; <c>null</c> for a row whose limit is none of theirs.</summary>
    internal LinkTraffic? LeastBytes { get; init; }

    /// <summary>What physics demands for those.</summary>
    internal TimeSpan Least { get; init; }

    /// <summary>What the scenario spends beyond the least, and for what: bytes.</summary>
    internal string? WhyBytes { get; init; }

    /// <summary>The same for exchanges, and for waiting.</summary>
    internal string? WhyExchanges { get; init; }

    /// <summary>Measured over the limit of the bytes that were sent: 1 is perfect.</summary>
    internal double Ratio => Limit > TimeSpan.Zero ? Measured / Limit : double.NaN;

    /// <summary>The least over what was measured: 1 is perfect.</summary>
    internal double Share => Least > TimeSpan.Zero ? Least / Measured : double.NaN;

    /// <summary>The part of the difference that more bytes than the least make.</summary>
    internal TimeSpan ForBytes => Limit - Least;

    /// <summary>The rest of it: more exchanges than the least, and waiting.</summary>
    internal TimeSpan ForExchanges => Measured - Limit;

    /// <summary>Why so far from the least, by the greater part of the difference, or by both where they are alike; <c>null</c> when it is near enough.</summary>
    internal string? Reason => LeastBytes is null || Share >= Enough
        ? null
        : (ForBytes, ForExchanges) switch
        {
            var (bytes, exchanges) when bytes > 3 * exchanges => WhyBytes,
            var (bytes, exchanges) when exchanges > 3 * bytes => WhyExchanges,
            _ => WhyBytes is null || WhyExchanges is null ? WhyBytes ?? WhyExchanges : WhyBytes + " " + WhyExchanges,
        };

    /// <summary>A row whose limit is computed for the least bytes and for those that were sent.</summary>
    internal static LinkResult Of(
        string scenario,
        LinkConditions conditions,
        Func<LinkTraffic, TimeSpan> limit,
        LinkTraffic least,
        (TimeSpan Time, LinkCounts Counts) measured,
        int messages = 1) =>
        new(scenario, conditions, limit(measured.Counts), measured.Time, measured.Counts, messages) { LeastBytes = least, Least = limit(least) };
}
