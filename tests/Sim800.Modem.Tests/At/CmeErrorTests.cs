using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class CmeErrorTests
{
    [Theory]
    [InlineData("+CME ERROR: 3", 3)]
    [InlineData("+CME ERROR:3", 3)]
    [InlineData("+CME ERROR: operation not allowed", 3)]
    [InlineData("+CME ERROR: SIM not inserted", 10)]
    [InlineData("+CME ERROR: sim busy", 14)]
    [InlineData("+CME ERROR: CFUN state is 0 or 4", 797)]
    [InlineData("+CME ERROR: no such words", null)]
    [InlineData("ERROR", null)]
    public void Words_and_numbers_mean_the_same(string line, int? code)
    {
        var result = AtResult.OfError(line);
        Assert.False(result.IsSuccess);
        Assert.Equal(code, result.CmeError);
    }

    [Fact]
    public void Errors_of_the_message_service_have_their_own_codes() => Assert.Equal(500, AtResult.OfError("+CMS ERROR: 500").CmsError);

    [Fact]
    public void Every_code_has_its_words_back() => Assert.Equal(("operation not allowed", null), (CmeError.TextOf(3), CmeError.TextOf(12345)));
}
