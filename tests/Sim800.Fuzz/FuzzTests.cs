using TestKit;

namespace Sim800.Fuzz;

/// <summary>
/// A short search in every target, the same one at every run, and everything that a search has ever found. Longer ones are made by hand:
/// <c>Sim800.Fuzz --minutes 60</c>.
/// </summary>
[Collection(Searches.Name)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int FullFactor = 10;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Whatever_comes_in_is_read_or_refused_with_a_reason(string name)
    {
        var target = FuzzTargets.Find(name)!;
        var seed = Seed.Usually(800);
        var run = new FuzzRun(target, seed);
        var finding = await run.SearchAsync(number => number >= Extent.Of(target.Inputs, target.Inputs * FullFactor), Ct);
        output.WriteLine($"seed {seed}: {run.Tried} inputs, {run.Refused} refused");
        Assert.True(finding is null, $"{finding}");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Every_good_input_and_everything_found_before_keeps_the_rules(string name)
    {
        var target = FuzzTargets.Find(name)!;
        var run = new FuzzRun(target, seed: 0);
        foreach (var input in target.Seeds.Concat(CorpusFile.Of("Crashes", name)))
        {
            var failure = await run.TryAsync(input, Ct);
            Assert.True(failure is null, $"{CorpusFile.Line(input)}\n{failure}");
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_target_is_called_as_its_files_are(string name) => Assert.Equal(name, FuzzTargets.Find(name)!.Name);

    [Fact]
    public void Every_file_of_inputs_belongs_to_a_target()
    {
        var files = new[] { "Corpus", "Crashes" }.Select(folder => Path.Combine(AppContext.BaseDirectory, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.txt")).Select(Path.GetFileNameWithoutExtension).ToList();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => !FuzzTargets.Names.Contains(file));
    }
}
