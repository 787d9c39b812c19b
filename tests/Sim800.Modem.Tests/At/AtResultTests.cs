using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class AtResultTests
{
    [Theory]
    [InlineData("ERROR", true)]
    [InlineData("+CME ERROR: 3", true)]
    [InlineData("+CMS ERROR:500", true)]
    [InlineData("ERROR 3", false)]
    [InlineData("OK", false)]
    [InlineData("+IP ERROR: No data", false)]
    public void Three_lines_end_any_command(string line, bool isError) => Assert.Equal(isError, AtResult.IsError(Encoding.ASCII.GetBytes(line)));

    [Theory]
    [InlineData("+CME ERROR: 10", 10, null)]
    [InlineData("+CME ERROR: SIM not inserted", 10, null)]
    [InlineData("+CME ERROR: what nobody knows", null, null)]
    [InlineData("+CMS ERROR: 500", null, 500)]
    [InlineData("+CMS ERROR: -1", null, null)]
    [InlineData("ERROR", null, null)]
    public void Its_code_is_read_in_numbers_and_in_words(string line, int? cme, int? cms) =>
        Assert.Equal(new AtResult(IsSuccess: false, cme, cms), AtResult.OfError(line));

    [Fact]
    public void Success_and_failure_without_a_code() => Assert.Equal((true, false), (AtResult.Ok.IsSuccess, AtResult.Failed.IsSuccess));
}
