using System.Text.RegularExpressions;

namespace Architecture.Tests;

public sealed partial class HouseTests
{
    [Fact]
    public void An_event_id_names_one_log_message()
    {
        var repeated = Repository.SourceFiles()
            .Where(file => Path.GetFileName(file) is "Log.cs")
            .SelectMany(file => EventId().Matches(File.ReadAllText(file)).Select(match => match.Groups["id"].Value))
            .GroupBy(id => id, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key);
        Assert.Empty(repeated);
    }

    [Fact]
    public void Every_log_message_stands_in_the_log_file_of_its_assembly()
    {
        var offenders = Repository.SourceFiles()
            .Where(file => Path.GetFileName(file) is not "Log.cs" && File.ReadAllText(file).Contains("[LoggerMessage", StringComparison.Ordinal))
            .Select(Repository.Relative);
        Assert.Empty(offenders);
    }

    [Fact]
    public void No_exception_is_swallowed_without_a_word()
    {
        var offenders = Repository.SourceFiles()
            .Where(file => EmptyCatch().IsMatch(Comment().Replace(File.ReadAllText(file), string.Empty)))
            .Select(Repository.Relative);
        Assert.Empty(offenders);
    }

    /// <summary>A small type that one other file uses stands behind the type that uses it (docs/adr/0006).</summary>
    [Fact]
    public void At_most_thirty_files_have_twelve_lines_or_fewer()
    {
        var small = Repository.SourceFiles().Where(file => File.ReadLines(file).Count() <= 12).Select(Repository.Relative).ToList();
        Assert.True(small.Count <= 30, string.Join(Environment.NewLine, small));
    }

    /// <summary>A model of the virtual modem is data and tables (docs/adr/0069), not a question asked all over it.</summary>
    [Fact]
    public void Only_the_models_of_the_virtual_modem_know_which_one_it_is()
    {
        var offenders = Repository.SourceFiles()
            .Select(Repository.Relative)
            .Where(file => file.Contains("Sim800.Simulator/", StringComparison.Ordinal) && !file.Contains("/Models/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Checkout.PathOf(file)).Contains("VirtualModemModel.", StringComparison.Ordinal));
        Assert.Empty(offenders);
    }

    [GeneratedRegex(@"\bcatch\s*(\([^)]*\))?\s*(when\s*\([^)]*\))?\s*\{\s*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"//[^\n]*", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EventId();
}
