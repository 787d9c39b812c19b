using System.Globalization;
using Sim800.Simulator;

namespace EndToEnd.Tests.Chaos;

/// <summary>Strikes a stand with faults, one group after another, and notes how long it takes to get over each.</summary>
internal sealed class ChaosRun(ChaosStand stand, Random random)
{
    /// <summary>How long a fault has to show before recovery from it is waited for.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    /// <summary>What the recovery ladder takes to its top, the modem's restart, if each attempt on the way is never answered and three faults add up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(45);

    private readonly List<(string Fault, TimeSpan Recovery)> _recoveries = [];

    /// <summary>What did not recover in time.</summary>
    internal List<string> Stuck { get; } = [];

    internal TimeSpan Worst => _recoveries.Max(static recovery => recovery.Recovery);

    internal int Faults { get; private set; }

    internal TimeSpan Elapsed => stand.Clock.Elapsed;

    /// <summary>Lets faults strike right behind one another, and waits until all streams flow again.</summary>
    /// <param name="faults">One or several.</param>
    /// <param name="pause">The time of quiet after that.</param>
    internal async Task StrikeAsync(IReadOnlyList<ChaosFault> faults, TimeSpan pause)
    {
        var started = stand.Clock.Elapsed;
        foreach (var fault in faults)
        {
            await fault.Strike(stand, random);
        }

        Faults += faults.Count;
        await Task.Delay(Settle, stand.Clock, TestContext.Current.CancellationToken);
        var name = string.Join(" + ", faults.Select(static fault => fault.Name));
        if (!await stand.RecoverAsync(Patience))
        {
            Stuck.Add(string.Create(CultureInfo.InvariantCulture, $"{started}: {name}: {stand.Client!.Status}"));
        }

        _recoveries.Add((faults.Count > 1 ? "several at once" : name, stand.Clock.Elapsed - started));
        Array.ForEach(Enum.GetValues<FaultKind>(), stand.Modem.Mend);
        stand.HangUp(times: 0);
        await Task.Delay(pause, stand.Clock, TestContext.Current.CancellationToken);
    }

    /// <summary>How often each fault struck, and how long the recoveries took, the fault itself included.</summary>
    internal void Write(TextWriter output)
    {
        output.WriteLine("| fault | times | median, s | worst, s |");
        output.WriteLine("| --- | --- | --- | --- |");
        foreach (var group in _recoveries.GroupBy(static recovery => recovery.Fault, StringComparer.Ordinal).Append(null))
        {
            var times = (group ?? _recoveries.AsEnumerable()).Select(static recovery => recovery.Recovery.TotalSeconds).Order().ToArray();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {group?.Key ?? "all"} | {times.Length} | {times[times.Length / 2]:0.0} | {times[^1]:0.0} |"));
        }
    }
}
