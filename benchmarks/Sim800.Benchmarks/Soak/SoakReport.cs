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
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{duration.TotalMinutes:0} minutes, {recoveries.Count} strikes, {stand.Modem.Counters.Boots} boots of the modem"));
        var isSound = isComplete;
        foreach (var program in stand.Programs)
        {
            isSound &= Write(program, output);
        }

        WriteRecoveries(recoveries, output);
        return isSound;
    }

    private static bool Write(SoakProgram program, TextWriter output)
    {
        var books = program.Books;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{program.Name}: {books.Connections} connections, noted again after a kill before their acknowledgement: {books.TakenAgain}"));
        var streams = new (string Name, bool MayRepeat, DeliveryAccount Account)[]
        {
            ("up, QoS 1", true, books.Up[1].Close()),
            ("up, QoS 2", false, books.Up[2].Close()),
            ("down, QoS 1", true, books.Down[1].Close()),
            ("down, QoS 2", false, books.Down[2].Close()),
        };
        foreach (var (name, _, account) in streams)
        {
            output.WriteLine($"  {name}: {account}");
        }

        foreach (var life in program.Samples.GroupBy(static sample => sample.Life))
        {
            output.WriteLine($"  life {life.Key}: {Had(life.First())} at first, {Had(Middle(life))} in the middle, {Had(life.Last())} at last, {Had(Most(life))} at most");
        }

        return streams.All(static stream => stream.Account is { Lost: [] } && (stream.MayRepeat || stream.Account.Twice is []));
    }

    private static SoakSample Middle(IEnumerable<SoakSample> life)
    {
        var samples = life.ToArray();
        return samples[samples.Length / 2];
    }

    private static SoakSample Most(IEnumerable<SoakSample> life) => life.Aggregate(static (one, other) => one with
    {
        Bytes = Math.Max(one.Bytes, other.Bytes),
        Handles = Math.Max(one.Handles, other.Handles),
        Threads = Math.Max(one.Threads, other.Threads),
    });

    private static string Had(SoakSample sample) => string.Create(
        CultureInfo.InvariantCulture, $"{sample.At.TotalMinutes:0.0} min {sample.Bytes / (1024.0 * 1024):0.0} MB {sample.Handles} handles {sample.Threads} threads");

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
