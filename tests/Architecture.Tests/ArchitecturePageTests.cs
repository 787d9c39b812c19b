using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>docs/architecture.md names files that exist, and ways that are no longer than they should be.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.PathOf("docs/architecture.md"));

    [Fact]
    public void Every_file_that_the_page_names_exists()
    {
        var paths = RepositoryPath().Matches(Page).Select(match => match.Groups["path"].Value).ToList();
        Assert.NotEmpty(paths);
        Assert.DoesNotContain(paths, path => !File.Exists(Checkout.PathOf(path)));
    }

    [Fact]
    public void Every_picture_of_the_page_exists_and_so_does_its_source()
    {
        var pictures = Picture().Matches(Page).Select(match => Checkout.PathOf("docs", match.Groups["path"].Value)).ToList();
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.True(File.Exists(picture) && File.Exists(Path.ChangeExtension(picture, ".dot"))));
    }

    /// <summary>The picture's text is what its source says, so that one cannot change without the other.</summary>
    [Fact]
    public void The_picture_shows_what_its_source_says()
    {
        var folder = Checkout.PathOf("docs", "pictures");
        var picture = File.ReadAllText(Path.Combine(folder, "architecture.svg"));
        var labels = Label().Matches(File.ReadAllText(Path.Combine(folder, "architecture.dot")))
            .SelectMany(match => match.Groups["text"].Value.Split("\\n"))
            .ToList();
        Assert.NotEmpty(labels);
        Assert.All(labels, label => Assert.Contains($">{label}</text>", picture, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Publish, QoS 1", 18)]
    [InlineData("A received byte", 19)]
    public void A_way_is_no_longer_than_it_should_be(string heading, int most) => Assert.InRange(Hops(heading).Count, 1, most);

    [Fact]
    public void A_publish_passes_seven_files_before_TLS() =>
        Assert.InRange(Hops("Publish, QoS 1").TakeWhile(hop => hop.Contains("src/Sim800.Mqtt/", StringComparison.Ordinal)).Count(), 1, 7);

    private static List<string> Hops(string heading)
    {
        var start = Page.IndexOf($"## {heading}\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no heading '{heading}'.");
        var end = Page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return [.. Hop().Matches(Page[start..end]).Select(match => match.Value)];
    }

    [GeneratedRegex(@"`(?<path>(src|docs|tests)/[^`]+\.\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"!\[[^\]]*\]\((?<path>[^)]+\.svg)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Picture();

    [GeneratedRegex("label=\"(?<text>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\d+\. `src/.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Hop();
}
