using System.Text.Json;

namespace Sim800.Benchmarks.Link;

/// <summary>The link budget for programs.</summary>
internal static class LinkJson
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    internal static void Write(IEnumerable<LinkResult> results, string path) =>
        File.WriteAllText(path, JsonSerializer.Serialize(results.Select(Row), Format));

    private static object Row(LinkResult result) => new
    {
        scenario = result.Scenario,
        baud = result.Conditions.BaudRate,
        rttMs = result.Conditions.RoundTripTime.TotalMilliseconds,
        uplinkKbps = result.Conditions.UplinkKbps,
        downlinkKbps = result.Conditions.DownlinkKbps,
        commandDelayMs = result.Conditions.CommandDelay.TotalMilliseconds,
        leastSeconds = result.LeastBytes is null ? (double?)null : result.Least.TotalSeconds,
        share = result.LeastBytes is null ? (double?)null : result.Share,
        leastBytesUp = result.LeastBytes?.Up,
        leastBytesDown = result.LeastBytes?.Down,
        reason = result.Reason,
        limitSeconds = result.Limit.TotalSeconds,
        measuredSeconds = result.Measured.TotalSeconds,
        ratio = result.Ratio,
        messages = result.Messages,
        counts = result.Counts,
    };
}
