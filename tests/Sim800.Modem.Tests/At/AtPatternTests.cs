using System.Text;
using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class AtPatternTests
{
    [Theory]
    [InlineData("OK", "OK", true)]
    [InlineData("OK", "OK 1", false)]
    [InlineData("OK", "O", false)]
    [InlineData("0,CLOSE OK", "0, CLOSE OK", true)]
    [InlineData("0,CLOSE OK", "0,  CLOSE OK", true)]
    [InlineData("0,CLOSE OK", "1, CLOSE OK", false)]
    [InlineData("DATA ACCEPT:0,#", "DATA ACCEPT: 0, 1460", true)]
    [InlineData("DATA ACCEPT:0,#", "DATA ACCEPT:0,", false)]
    [InlineData("+CREG:#,#*", "+CREG: 2,1,\"A\",\"B\"", true)]
    [InlineData("+CREG:#,#*", "+CREG: 1,\"A\",\"B\"", false)]
    [InlineData("#.#.#.#", "10.0.109.44", true)]
    [InlineData("#.#.#.#", "10.0.109", false)]
    [InlineData("*PSUTTZ:*", "*PSUTTZ: 2020", true)]
    [InlineData("*", "anything at all", true)]
    [InlineData("+CSQ:*", "+CSQ:", true)]
    [InlineData("+CSQ:#", "+CSQ:   ", false)]
    public void Spaces_after_commas_and_colons_do_not_matter(string pattern, string line, bool matches) =>
        Assert.Equal(matches, ((AtPattern)pattern).Matches(Encoding.ASCII.GetBytes(line)));

    [Fact]
    public void It_prints_as_it_is_written() => Assert.Equal("+CREG:#,#*", ((AtPattern)"+CREG:#,#*").ToString());
}
