using TestKit;

namespace Sim800.Simulator.Tests;

public sealed class DocumentationTests
{
    [Fact]
    public void The_page_lists_every_fault_as_the_catalogue_has_it()
    {
        var page = File.ReadAllText(Checkout.PathOf("docs", "simulator.md"));
        Assert.All(FaultCatalogue.All, row => Assert.Contains(Row(row), page, StringComparison.Ordinal));
    }

    internal static string Row(FaultDescription row)
    {
        var argument = row.Argument switch
        {
            FaultArgument.None => "",
            FaultArgument.Count => $"times, {row.Default}",
            FaultArgument.Duration => $"duration, {row.Default}",
            FaultArgument.Probability => $"chance a byte, {row.Default}",
            FaultArgument.Command => $"command[,times], {row.Default}",
            _ => $"bytes, {row.Default}",
        };
        return $"| `{row.Name}` | {argument} | {row.Effect} | {row.FieldReport} |";
    }
}
