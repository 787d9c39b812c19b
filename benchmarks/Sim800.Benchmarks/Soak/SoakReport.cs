using System.Globalization;
using TestKit;

namespace Sim800.Benchmarks.Soak;

/// <summary>The figures of a run.</summary>
internal static class SoakReport
{
    /// <returns>Whether nothing was lost, and nothing of QoS 2 came twice.</returns>
    internal static bool Write(
        SoakStand stand, List<(string Fault, TimeSpan Recovery)> recoveries, TimeSpan duration, bool isComplete, TextWriter output)
    {
        var books = stand.Books;
        var streams = new (string Name, bool MayRepeat, DeliveryAccount Account)[]
        {
            ("up, QoS 1", true, books.Up[1].Close()),
            ("up, QoS 2", false, books.Up[2].Close()),
            ("down, QoS 1", true, books.Down[1].Close()),
            ("down, QoS 2", false, books.Down[2].Close()),
        };
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{duration.TotalMinutes:0} minutes, {recoveries.Count} faults, {books.Connections} connections, {stand.Modem.Counters.Boots} boots of the modem"));
        foreach (var (name, _, account) in streams)
        {
            output.WriteLine($"{name}: {account}");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"noted again after a kill before their acknowledgement: {books.TakenAgain}; the program at most: {stand.Most.Bytes / (1024 * 1024)} MB, {stand.Most.Handles} handles"));
        WriteRecoveries(recoveries, output);
        return isComplete && streams.All(static stream => stream.Account is { Lost: [] } && (stream.MayRepeat || stream.Account.Twice is []));
    }

    private static void WriteRecoveries(List<(string Fault, TimeSpan Recovery)> recoveries, TextWriter output)
    {
        output.WriteLine("| fault | times | median, s | worst, s |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach (var group in recoveries.GroupBy(static recovery => recovery.Fault, StringComparer.Ordinal).Append(null))
        {
            var times = (group ?? recoveries.AsEnumerable()).Select(static recovery => recovery.Recovery.TotalSeconds).Order().ToArray();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {group?.Key ?? "all"} | {times.Length} | {times[times.Length / 2]:0.0} | {times[^1]:0.0} |"));
        }
    }
}
