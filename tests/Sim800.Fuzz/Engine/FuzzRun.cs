using System.Globalization;
using Sim800.Cli;

namespace Sim800.Fuzz;

/// <summary>Gives one input after another to a target, and holds it to what has to hold.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    private readonly Mutator _mutator = new(target.Words, target.Longest);
    private long _number;
    private byte[] _input = [];

    /// <summary>How many inputs have been tried.</summary>
    internal long Tried { get; private set; }

    /// <summary>How many of them the target has refused.</summary>
    internal long Refused { get; private set; }

    internal TimeSpan Deadline { get; init; } = target.Patience;

    /// <summary>Tries inputs until <paramref name="isEnough"/>.</summary>
    /// <returns>What failed first; null when nothing did.</returns>
    internal async Task<Finding?> SearchAsync(Func<long, bool> isEnough, CancellationToken cancellationToken)
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception);
            }
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            var searching = Task.Run(() => LoopAsync(isEnough, cancellationToken), cancellationToken);
            var finding = await WatchAsync(searching, cancellationToken);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            lock (unobserved)
            {
                return finding ?? (unobserved.Count == 0 ? null : new Finding(target, seed, _number, [], $"a task failed unobserved: {unobserved[0]}"));
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    /// <summary>Tries one input. What is made once and kept, such as a table, is no memory of the input that comes first: what took too much is tried again.</summary>
    /// <returns>What does not hold; null when all does.</returns>
    internal async Task<string?> TryAsync(byte[] input, CancellationToken cancellationToken)
    {
        var (failure, tooMuch) = await TryOnceAsync(input, cancellationToken);
        if (failure is null && tooMuch is not null)
        {
            (failure, tooMuch) = await TryOnceAsync(input, cancellationToken);
        }

        return failure ?? tooMuch;
    }

    /// <summary>The input of this number in a run of this seed.</summary>
    internal byte[] Make(long number)
    {
        var dice = Dice.Of(seed, number);
        var seeds = target.Seeds;
        return dice.Below(seeds.Count == 0 ? 2 : 5) switch
        {
            0 => target.Generate(dice),
            1 => _mutator.Mutate(target.Generate(dice), dice),
            2 => _mutator.Mutate(Mutator.Join(dice.Of(seeds), dice.Of(seeds), dice), dice),
            _ => _mutator.Mutate(dice.Of(seeds), dice),
        };
    }

    private async Task<(string? Failure, string? TooMuch)> TryOnceAsync(byte[] input, CancellationToken cancellationToken)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isSynchronous = true; // otherwise others have used the thread meanwhile
        try
        {
            var running = target.RunAsync(input, cancellationToken);
            isSynchronous = running.IsCompleted;
            await running;
            return (null, isSynchronous ? TooMuch(input, before) : null);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var tooMuch = isSynchronous ? TooMuch(input, before) : null;
            return (Judge(e), tooMuch);
        }
    }

    private async Task<Finding?> LoopAsync(Func<long, bool> isEnough, CancellationToken cancellationToken)
    {
        for (var number = 0L; !isEnough(number); number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var input = Make(number);
            Volatile.Write(ref _input, input);
            Volatile.Write(ref _number, number);
            if (await TryAsync(input, cancellationToken) is { } failure)
            {
                var least = await Minimiser.MinimiseAsync(input, async candidate => await TryAsync(candidate, cancellationToken) is not null);
                return new Finding(target, seed, number, least, await TryAsync(least, cancellationToken) ?? failure);
            }

            Tried++;
        }

        return null;
    }

    /// <summary>An input that does not end is a finding too; what it runs on is left behind.</summary>
    private async Task<Finding?> WatchAsync(Task<Finding?> searching, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (number, tried) = (Volatile.Read(ref _number), Tried);
            if (await Task.WhenAny(searching, Task.Delay(Deadline, cancellationToken)) == searching)
            {
                return await searching;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (number == Volatile.Read(ref _number) && tried == Tried)
            {
                return new Finding(target, seed, number, Volatile.Read(ref _input), string.Create(CultureInfo.InvariantCulture, $"no end within {Deadline.TotalSeconds} s"));
            }
        }
    }

    private string? TooMuch(byte[] input, long before)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var most = target.FixedBytes + (target.BytesPerByte * input.Length);
        return allocated <= most ? null : string.Create(CultureInfo.InvariantCulture, $"{allocated} bytes allocated for an input of {input.Length}; {most} are allowed");
    }

    private string? Judge(Exception exception)
    {
        if (!target.IsTyped(exception))
        {
            return exception.ToString();
        }

        Refused++;
        return TextRules.Told(exception.ToString(), target.Secrets) ?? OfOurs(exception).Select(one => TextRules.Steering(one.Message)).FirstOrDefault(complaint => complaint is not null);
    }

    /// <summary>The exceptions of the libraries in it; what the tool throws it also shows.</summary>
    private static IEnumerable<Exception> OfOurs(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is not UsageException && exception.GetType().Namespace?.StartsWith("Sim800.", StringComparison.Ordinal) == true)
            {
                yield return exception;
            }
        }
    }
}

/// <summary>An input that shows something that does not hold.</summary>
internal sealed record Finding(FuzzTarget Target, int Seed, long Number, byte[] Input, string What)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        target {Target.Name}, seed {Seed}, input {Number}; as a line of Crashes/{Target.Name}.txt:
        {CorpusFile.Line(Input)}
        {What}
        """);
}
