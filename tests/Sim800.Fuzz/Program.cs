using System.Diagnostics;
using System.Globalization;
using SharpFuzz;
using Xunit.Runner.InProc.SystemConsole;

namespace Sim800.Fuzz;

/// <summary>
/// Without options of its own the runner of the tests. By hand: <c>--minutes N [--target T] [--seed S]</c> searches, one target after another;
/// <c>--coverage T</c> serves AFL through SharpFuzz, after <c>sharpfuzz Sim800.*.dll</c> has instrumented the assemblies.
/// </summary>
internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        if (Value(args, "--coverage") is { } covered)
        {
            Cover(covered);
            return 0;
        }

        if (Value(args, "--minutes") is not { } minutes)
        {
            return await ConsoleRunner.Run(args);
        }

        var names = Value(args, "--target") is { } one ? one.Split(',') : [.. FuzzTargets.Names];
        var seed = Value(args, "--seed") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount & 0xFFFFFF;
        var time = TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture) / names.Length);
        var failed = 0;
        foreach (var name in names)
        {
            failed += await SearchAsync(name, seed, time) ? 0 : 1;
        }

        return failed;
    }

    private static async Task<bool> SearchAsync(string name, int seed, TimeSpan time)
    {
        var target = FuzzTargets.Find(name) ?? throw new ArgumentException($"No target '{name}': {string.Join(' ', FuzzTargets.Names)}.", nameof(name));
        var run = new FuzzRun(target, seed);
        var watch = Stopwatch.StartNew();
        var finding = await run.SearchAsync(_ => watch.Elapsed >= time, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss} {name}: seed {seed}, {run.Tried:N0} inputs, {run.Refused:N0} refused, {watch.Elapsed.TotalSeconds:N0} s"));
        if (finding is not null)
        {
            Console.WriteLine(finding);
        }

        return finding is null;
    }

    /// <summary>Whoever drives it looks at coverage; what does not hold is a crash to him.</summary>
    private static void Cover(string name)
    {
        var target = FuzzTargets.Find(name) ?? throw new ArgumentException($"No target '{name}'.", nameof(name));
        var run = new FuzzRun(target, seed: 0);
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
#pragma warning disable VSTHRD002 // SharpFuzz has no other form, and nothing here waits for this thread
            var failure = run.TryAsync(input.ToArray(), CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            if (failure is not null)
            {
                throw new BrokenPropertyException(failure);
            }
        });
    }

    private static string? Value(string[] args, string option) =>
        Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
}
