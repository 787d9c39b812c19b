using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Tests.Machine;

public sealed class CmeErrorTextTests
{
    [Fact]
    public void Each_number_has_words_of_its_own_or_is_unknown()
    {
        var words = Enumerable.Range(0, 1000).Select(CmeErrorText.Of).Where(static text => text != "unknown").ToArray();
        Assert.Equal(words.Distinct(StringComparer.Ordinal), words);
        Assert.Equal("SIM PIN required", CmeErrorText.Of(11));
        Assert.Equal("unknown", CmeErrorText.Of(5));
    }

    [Theory]
    [InlineData("1", "+CME ERROR: 11")]
    [InlineData("2", "+CME ERROR: SIM PIN required")]
    [InlineData("0", "ERROR")]
    public void The_words_are_given_where_they_are_wanted(string level, string expected)
    {
        var host = new EngineHost(new VirtualModemOptions { Pin = "1234" });
        host.Exchange($"ATE0+CMEE={level}\r");
        host.Says("AT+CIMI\r", $"\r\n{expected}\r\n");
    }
}
