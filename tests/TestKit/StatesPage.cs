using Xunit;

namespace TestKit;

/// <summary>docs/states.md, whose tables are those of the machines.</summary>
public static class StatesPage
{
    /// <summary>Compares the table below a heading; with <c>SIM800_WRITE_PAGES=1</c> writes it.</summary>
    public static void Has(string heading, string table)
    {
        var path = Checkout.PathOf("docs", "states.md");
        var page = File.ReadAllText(path);
        var from = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(from >= 0, $"docs/states.md has no heading '{heading}'.");
        var start = page.IndexOf("\n| ", from, StringComparison.Ordinal) + 1;
        var end = page.IndexOf("|\n\n", start, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : page.Length;
        if (Environment.GetEnvironmentVariable("SIM800_WRITE_PAGES") is "1")
        {
            File.WriteAllText(path, page[..start] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[start..end]);
    }
}
