namespace Sim800.Benchmarks.Link;

/// <summary>One row of the link budget.</summary>
/// <param name="Scenario">What was done.</param>
/// <param name="Conditions">On which line.</param>
/// <param name="Limit">What physics demands.</param>
/// <param name="Measured">What it took on the virtual modem.</param>
/// <param name="Counts">What was counted meanwhile.</param>
/// <param name="Messages">Messages moved, for the throughput scenarios.</param>
internal sealed record LinkResult(
    string Scenario, LinkConditions Conditions, TimeSpan Limit, TimeSpan Measured, LinkCounts Counts, int Messages = 1)
{
    /// <summary>Measured over limit: 1 is perfect.</summary>
    internal double Ratio => Limit > TimeSpan.Zero ? Measured / Limit : double.NaN;
}
