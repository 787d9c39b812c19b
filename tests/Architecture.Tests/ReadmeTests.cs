using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>What the README promises is there.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Checkout.PathOf("README.md"));

    [Fact]
    public void The_program_in_the_README_is_the_sample_that_compiles()
    {
        var sample = File.ReadAllText(Checkout.PathOf("samples", "Minimal", "Program.cs")).TrimEnd();
        Assert.Contains("```csharp\n" + sample + "\n```", Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_page_that_a_page_links_to_exists()
    {
        var broken = Directory.EnumerateFiles(Checkout.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Checkout.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .SelectMany(page => Link().Matches(File.ReadAllText(page)).Select(match => (Page: page, Target: match.Groups["target"].Value)))
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target)))
            .Select(link => $"{Repository.Relative(link.Page)} -> {link.Target}");
        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\]\((?<target>[^):#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();
}
