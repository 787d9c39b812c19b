using System.Globalization;
using System.Text.RegularExpressions;

namespace Architecture.Tests;

/// <summary>docs/security.md names files and tests that exist, and the limits of the code.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Page = File.ReadAllText(Checkout.PathOf("docs/security.md"));

    public static TheoryData<string, string, string> Limits
    {
        get
        {
            var limits = new TheoryData<string, string, string>();
            foreach (Match limit in Limit().Matches(Page))
            {
                limits.Add($"{limit.Groups["number"].Value} {limit.Groups["unit"].Value}", limit.Groups["type"].Value, limit.Groups["name"].Value);
            }

            return limits;
        }
    }

    [Fact]
    public void Every_file_that_the_page_names_exists()
    {
        var paths = RepositoryPath().Matches(Page).Select(match => match.Groups["path"].Value).ToList();
        Assert.NotEmpty(paths);
        Assert.DoesNotContain(paths, path => !File.Exists(Checkout.PathOf(path)));
        var links = PageLink().Matches(Page).Select(match => match.Groups["path"].Value).ToList();
        Assert.NotEmpty(links);
        Assert.DoesNotContain(links, link => !File.Exists(Checkout.PathOf("docs", link)));
    }

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var existing = Directory.EnumerateFiles(Checkout.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet(StringComparer.Ordinal);
        var named = TestClass().Matches(Page).Select(match => match.Groups["class"].Value).ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, name => !existing.Contains(name));
    }

    /// <summary>A defence that no test shows is a hope.</summary>
    [Fact]
    public void Every_defence_names_the_test_that_shows_it()
    {
        var defences = Page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Count(character => character is '|') is 4)
            .Where(line => !line.StartsWith("| ---", StringComparison.Ordinal) && !line.EndsWith("| Shown by |", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(defences);
        Assert.DoesNotContain(defences, line => !TestClass().IsMatch(line.Split('|')[3]));
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_of_the_page_is_that_of_the_code(string told, string type, string name)
    {
        var declared = Repository.SourceFiles()
            .Where(file => string.Equals(Path.GetFileNameWithoutExtension(file), type, StringComparison.Ordinal))
            .SelectMany(file => Declaration(name).Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["value"].Value)
            .ToList();
        Assert.Equal(ValueOf(told), ValueOfCode(Assert.Single(declared)));
    }

    [Fact]
    public void Every_constant_of_the_page_has_its_number_before_it() =>
        Assert.Equal(Constant().Count(Page), Limit().Count(Page));

    /// <summary>Of time, in seconds.</summary>
    private static double ValueOf(string told)
    {
        var parts = told.Split(' ');
        return double.Parse(parts[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) * parts[1] switch
        {
            "KiB" => 1024,
            "MiB" => 1024 * 1024,
            "min" => 60,
            "h" => 60 * 60,
            _ => 1,
        };
    }

    private static double ValueOfCode(string code)
    {
        if (code.StartsWith("TimeSpan.From", StringComparison.Ordinal))
        {
            var parts = code["TimeSpan.From".Length..].Split('(', ')');
            return double.Parse(parts[1], CultureInfo.InvariantCulture) * parts[0] switch { "Hours" => 60 * 60, "Minutes" => 60, _ => 1 };
        }

        return code.Split("<<") is [var one, var shift]
            ? Number(one) * Math.Pow(2, Number(shift))
            : code.Split('*').Aggregate(1.0, (product, factor) => product * Number(factor));
    }

    private static double Number(string text) => double.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);

    /// <summary>A constant, a property with a default, or a parameter with one.</summary>
    private static Regex Declaration(string name) => new(
        $@"\b{name}(?: {{ get; init; }})? = (?<value>TimeSpan\.From\w+\([\d.]+\)|[\d_][\d_ *<]*)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    [GeneratedRegex(@"`(?<path>(src|docs|tests)/[^`]+\.\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\]\((?<path>[^)#]+\.md)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PageLink();

    [GeneratedRegex("`(?<class>[A-Z][A-Za-z0-9]*Tests)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TestClass();

    /// <summary>What stands in parentheses right behind a number and what it counts.</summary>
    [GeneratedRegex(@"(?<number>\d[\d,]*\b) ?(?<unit>(KiB|MiB|s|min|h)\b)?[^`(|\n\d]*\(`(?<type>[A-Z]\w+)\.(?<name>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Limit();

    [GeneratedRegex(@"\(`[A-Z]\w+\.\w+`", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Constant();
}
