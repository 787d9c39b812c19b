using System.Diagnostics;
using System.Globalization;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Benchmarks.Soak;

/// <summary><c>soak</c>: real time against mosquitto, with a fault every few seconds; prints what was lost, and how long each recovery took.</summary>
internal sealed class SoakCommand(SoakStand stand, Random random)
{
    private const int OneInPairs = 4;
    private const int OneInQuick = 3;

    /// <summary>What a connection must last to start anew with short pauses, as is the client's default.</summary>
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private readonly List<(string Fault, TimeSpan Recovery)> _recoveries = [];
    private readonly List<TimeSpan> _strikes = [];
    private bool _isQuick;

    internal static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        if (arguments is not ["--minutes", var minutes, .. var rest]
            || !TryNumber(minutes, out var duration)
            || Options(rest) is not { } options)
        {
            await Console.Error.WriteLineAsync("soak --minutes N [--seed N] [--picture FILE]");
            return 2;
        }

        var (seed, picture) = options;
        var folder = Directory.CreateTempSubdirectory("sim800-soak-").FullName;
        await Console.Out.WriteLineAsync($"seed {seed}, traces in {folder}");
        await using var stand = new SoakStand(folder, seed);
        var command = new SoakCommand(stand, new Random(seed));
        var status = await command.RunAsync(TimeSpan.FromMinutes(duration), cancellationToken);
        if (picture is not null)
        {
            await File.WriteAllTextAsync(picture, SoakPicture.Draw(stand.Programs, command._strikes), cancellationToken);
        }

        return status;
    }

    private static (int Seed, string? Picture)? Options(string[] rest) => rest switch
    {
        [] => (Environment.TickCount & 0xFFFFFF, null),
        ["--seed", var text] when TryNumber(text, out var seed) => (seed, null),
        ["--picture", var file] => (Environment.TickCount & 0xFFFFFF, file),
        ["--seed", var text, "--picture", var file] when TryNumber(text, out var seed) => (seed, file),
        _ => null,
    };

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private async Task<int> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await stand.StartAsync(cancellationToken);
        while (stand.Programs.Any(static program => program.Books.Confirmed == 0))
        {
            await Task.Delay(LookAgain, cancellationToken);
        }

        await Task.Delay(Settle, cancellationToken); // the subscriptions are there, too
        stand.IsDriving = true;
        await RecoverAsync(Stopwatch.GetTimestamp(), cancellationToken);
        var faults = new Queue<SoakFault>();
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            _strikes.Add(Stopwatch.GetElapsedTime(started));
            await StrikeAsync(Next(faults), cancellationToken);
        }

        await stand.StopDrivingAsync();
        var isComplete = await DrainAsync(stand.Programs.SelectMany(static program => program.Books.Down), cancellationToken);
        await Task.WhenAll(stand.Programs.Select(program => program.FinishAsync(cancellationToken)));
        isComplete &= await DrainAsync(stand.Programs.SelectMany(static program => program.Books.Up), cancellationToken);
        return SoakReport.Write(stand, _recoveries, Stopwatch.GetElapsedTime(started), isComplete, Console.Out) ? 0 : 1;
    }

    /// <summary>Each fault before any comes again, in an order of chance; now and then one more together with it.</summary>
    private SoakFault[] Next(Queue<SoakFault> faults)
    {
        if (faults.Count == 0)
        {
            var order = SoakFault.All.ToArray();
            random.Shuffle(order);
            Array.ForEach(order, faults.Enqueue);
        }

        var fault = faults.Dequeue();
        return random.Next(OneInPairs) == 0 ? [fault, SoakFault.All[random.Next(SoakFault.All.Count)]] : [fault];
    }

    private async Task StrikeAsync(SoakFault[] faults, CancellationToken cancellationToken)
    {
        var name = string.Join(" + ", faults.Select(static fault => fault.Name));
        stand.Trace("FAULT " + name);
        var started = Stopwatch.GetTimestamp();
        foreach (var fault in faults)
        {
            await fault.Strike(stand, random, cancellationToken);
        }

        await Task.Delay(Settle, cancellationToken);
        var isBack = await RecoverAsync(started, cancellationToken);
        var recovery = Stopwatch.GetElapsedTime(started);
        stand.Trace(string.Create(CultureInfo.InvariantCulture, $"{(isBack ? "RECOVERED" : "NOT RECOVERED")} {recovery.TotalSeconds:0.0} s {name}"));
        var isQuick = random.Next(OneInQuick) == 0;
        _recoveries.Add((Kind(name, faults.Length, isBack), recovery));
        _isQuick = isQuick;
        Array.ForEach(Enum.GetValues<FaultKind>(), stand.Modem.Mend);
        if (!isBack)
        {
            foreach (var program in stand.Programs)
            {
                await program.KillAsync();
                program.Start();
            }
        }

        await Task.Delay(isQuick ? TimeSpan.FromMilliseconds(random.Next(3000)) : StableAfter, cancellationToken);
    }

    private string Kind(string name, int faults, bool isBack) => (isBack, faults, _isQuick) switch
    {
        (false, _, _) => "not recovered: " + name,
        (_, > 1, _) => "two at once",
        (_, _, true) => "right behind another one",
        _ => name,
    };

    /// <summary>Ends when a message that is not even offered yet has come through, of each program, each way and with both qualities of service.</summary>
    /// <returns><c>false</c> when none has in all the time.</returns>
    private async Task<bool> RecoverAsync(long started, CancellationToken cancellationToken)
    {
        var goals = stand.Programs.Select(static program => (program.Books, Last: Goals(program.Books))).ToArray();
        while (goals.Any(static goal => !IsReached(goal.Books, goal.Last)))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(LookAgain, cancellationToken);
        }

        return true;
    }

    private static int[] Goals(SoakBooks books) => [books.Up[1].Last, books.Up[2].Last, books.Down[1].Last, books.Down[2].Last];

    private static bool IsReached(SoakBooks books, int[] last) =>
        books.Latest('K', 1) > last[0] && books.Latest('K', 2) > last[1] && books.Latest('T', 1) > last[2] && books.Latest('T', 2) > last[3];

    private static async Task<bool> DrainAsync(IEnumerable<DeliveryLedger> books, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!books.All(static book => book.IsComplete))
        {
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(3))
            {
                return false;
            }

            await Task.Delay(LookAgain, cancellationToken);
        }

        return true;
    }
}
