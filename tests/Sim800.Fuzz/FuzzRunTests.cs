namespace Sim800.Fuzz;

/// <summary>The search finds what it is there to find.</summary>
[Collection(Searches.Name)]
public sealed class FuzzRunTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exception_that_is_not_declared_is_found_and_its_input_is_made_small()
    {
        var finding = await SearchAsync(input => Array.IndexOf(input, (byte)'!') >= 0 ? throw new InvalidOperationException("boom") : 0);
        Assert.Equal("!"u8.ToArray(), finding!.Input);
        Assert.Contains("boom", finding.What, StringComparison.Ordinal);
        Assert.Contains("seed 1", $"{finding}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_exception_is_a_refusal()
    {
        var run = new FuzzRun(new Planted(_ => throw new FormatException("no")), seed: 1);
        Assert.Null(await run.SearchAsync(number => number == 100, Ct));
        Assert.Equal((100, 100), (run.Tried, run.Refused));
    }

    [Fact]
    public async Task A_secret_in_a_declared_exception_is_found() =>
        Assert.Contains("hush", (await SearchAsync(_ => throw new FormatException("the password is hush")))!.What, StringComparison.Ordinal);

    [Fact]
    public async Task Memory_beyond_what_the_input_may_cost_is_found() =>
        Assert.Contains("bytes allocated", (await SearchAsync(_ => new byte[10_000_000].Length))!.What, StringComparison.Ordinal);

    [Fact]
    public async Task Memory_is_looked_at_where_the_input_is_refused_too() =>
        Assert.Contains("bytes allocated", (await SearchAsync(_ => throw new FormatException($"{new byte[10_000_000].Length}")))!.What, StringComparison.Ordinal);

    [Fact]
    public async Task An_input_without_end_is_found()
    {
        var never = new TaskCompletionSource();
        var run = new FuzzRun(new Planted(_ => 0) { Waits = never.Task }, seed: 1) { Deadline = TimeSpan.FromMilliseconds(100) };
        Assert.Contains("no end", (await run.SearchAsync(number => number == 100, Ct))!.What, StringComparison.Ordinal);
        never.SetResult();
    }

    [Fact]
    public async Task A_task_that_fails_unobserved_is_found() =>
        Assert.Contains("unobserved", (await SearchAsync(_ => Task.FromException(new InvalidOperationException("alone")).Id))!.What, StringComparison.Ordinal);

    [Fact]
    public void An_input_can_be_made_again_by_its_number()
    {
        var (first, second, other) = (new FuzzRun(new Planted(_ => 0), seed: 7), new FuzzRun(new Planted(_ => 0), seed: 7), new FuzzRun(new Planted(_ => 0), seed: 8));
        Assert.Equal(first.Make(1234), second.Make(1234));
        Assert.NotEqual(Enumerable.Range(0, 20).Select(number => CorpusFile.Line(first.Make(number))), Enumerable.Range(0, 20).Select(number => CorpusFile.Line(other.Make(number))));
    }

    [Fact]
    public void A_line_of_a_file_holds_any_bytes()
    {
        var dice = new Dice(5);
        for (var round = 0; round < 1000; round++)
        {
            var bytes = dice.Octets(dice.Small(0, 20));
            var line = CorpusFile.Line(bytes);
            Assert.Equal(bytes, Sim800.Simulator.TranscriptText.Unescape(line));
            Assert.Equal(line, line.Trim());
            Assert.DoesNotMatch("^#", line);
        }
    }

    private static Task<Finding?> SearchAsync(Func<byte[], int> run) => new FuzzRun(new Planted(run), seed: 1).SearchAsync(number => number == 2000, Ct);

    private sealed class Planted(Func<byte[], int> run) : FuzzTarget
    {
        internal override string Name => "planted";

        internal override int Inputs => 1;

        internal override IReadOnlyList<string> Words { get; } = ["!"];

        internal override IReadOnlyList<string> Secrets { get; } = ["hush"];

        internal Task Waits { get; init; } = Task.CompletedTask;

        internal override bool IsTyped(Exception exception) => exception is FormatException;

        internal override byte[] Generate(Dice dice) => dice.Octets(dice.Small(0, 40));

        internal override async ValueTask RunAsync(byte[] input, CancellationToken cancellationToken)
        {
            run(input);
            if (!Waits.IsCompleted)
            {
                await Waits;
            }
        }
    }
}
