using System.Text.RegularExpressions;

namespace Architecture.Tests;

public sealed partial class TlsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "tls.md"));
    private static readonly string Compiled =
        Dedented(File.ReadAllText(Path.Combine(Repository.Root, "tests", "Architecture.Tests", $"{nameof(TlsPageSnippets)}.cs")));

    [Fact]
    public void Every_snippet_of_the_page_compiles()
    {
        var snippets = Snippet().Matches(Page).Select(match => Dedented(match.Groups["code"].Value)).ToList();
        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Assert.Contains(snippet, Compiled, StringComparison.Ordinal));
    }

    private static string Dedented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Snippet();
}
