using System.Text.RegularExpressions;

namespace Architecture.Tests.Pages;

/// <summary>The code on the pages is code that the compiler has read.</summary>
public sealed partial class PageSnippetsTests
{
    private static readonly string Compiled = string.Concat(
        Directory.EnumerateFiles(Checkout.PathOf("tests", "Architecture.Tests", "Pages"), "*Snippets.cs")
            .Select(file => Dedented(File.ReadAllText(file))));

    public static TheoryData<string> PagesWithCode => [.. Directory
        .EnumerateFiles(Checkout.PathOf("docs"), "*.md", SearchOption.AllDirectories)
        .Where(page => Snippet().IsMatch(File.ReadAllText(page)))
        .Select(Repository.Relative)];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Every_snippet_of_a_page_compiles(string page)
    {
        var snippets = Snippet().Matches(File.ReadAllText(Checkout.PathOf(page))).Select(match => Dedented(match.Groups["code"].Value));
        Assert.All(snippets, snippet => Assert.Contains(snippet, Compiled, StringComparison.Ordinal));
    }

    private static string Dedented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Snippet();
}
