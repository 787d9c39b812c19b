using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>Calls that the libraries do without: every clock is a TimeProvider, nothing blocks, nothing writes to the console.</summary>
public sealed partial class BannedCallTests
{
    public static TheoryData<string, string> Banned => new()
    {
        { "a clock that a test cannot move", @"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b" },
        { "a clock that a test cannot move", @"\bEnvironment\.TickCount(64)?\b|\bStopwatch\." },
        { "sleeping", @"\bThread\.(Sleep|SpinWait)\b" },
        { "blocking on a task", @"\.Result\b(?!\.(IsSuccess|CmeError|CmsError)\b)(?=\s*[;,.)])|\.Wait\(\)|GetAwaiter\(\)\.GetResult" },
        { "a delay without a clock", @"\bTask\.Delay\((?![^;]*(clock|[tT]ime(Provider)?\b|_time))" },
        { "a timer without a clock", @"new (System\.Threading\.)?(Timer|PeriodicTimer)\((?![^;]*(clock|[tT]imeProvider))" },
        { "swallowing", @"catch\s*(\([^)]*\))?\s*(when\s*\([^)]*\))?\s*\{\s*\}" },
        { "unfinished work", @"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b" },
        { "async void", @"\basync void\b" },
    };

    [Theory]
    [MemberData(nameof(Banned))]
    public void The_sources_do_without(string what, string pattern)
    {
        var offenders = Repository.SourceFiles()
            .Where(file => !Repository.Relative(file).StartsWith("src/Sim800.Cli/", StringComparison.Ordinal))
            .SelectMany(file => Matches(file, pattern));
        Assert.True(!offenders.Any(), $"{what}:\n{string.Join('\n', offenders)}");
    }

    [Fact]
    public void Only_the_command_line_writes_to_the_console()
    {
        var offenders = Repository.SourceFiles()
            .Where(file => !Repository.Relative(file).StartsWith("src/Sim800.Cli/", StringComparison.Ordinal))
            .SelectMany(file => Matches(file, @"\bConsole\."));
        Assert.Empty(offenders);
    }

    private static IEnumerable<string> Matches(string file, string pattern) =>
        Regex.Matches(WithoutComments(File.ReadAllText(file)), pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(10))
            .Select(match => $"{Repository.Relative(file)}: {match.Value.ReplaceLineEndings(" ")}");

    private static string WithoutComments(string text) => Comment().Replace(text, string.Empty);

    [GeneratedRegex(@"//[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();
}
