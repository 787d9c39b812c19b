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

    [Theory]
    [InlineData("OK")]
    [InlineData("+CSQ:#*")]
    [InlineData("*")]
    public void A_pattern_is_shown_as_it_was_written(string pattern) => Assert.Equal(pattern, ((AtPattern)pattern).ToString());

    [Theory]
    [InlineData("+CSQ:#,#", "+CSQ: 5,0", true)]
    [InlineData("+CSQ:#,#", "CSQ: 5,0", true)]
    [InlineData("+CSQ:#,#", "+CQ: 5,0", true)]
    [InlineData("+CSQ:#,#", "+CSQ 5,0", true)]
    [InlineData("+CSQ:#,#", "+CSQ: 50", true)]
    [InlineData("+CSQ:#,#", "+CSQ: 5,", true)]
    [InlineData("+CSQ:#,#", "+CSQ: 5,0OK", true)]
    [InlineData("+CSQ:#,#", "+Q: 5,0", false)]
    [InlineData("+CSQ:#,#", "+CXQ: 5,0", false)]
    [InlineData("+CSQ:#,#", "OK", false)]
    [InlineData("#.#", "10", true)]
    [InlineData("#.#", ".1", true)]
    [InlineData("#.#", "x", false)]
    [InlineData("*", "anything", false)]
    public void A_line_that_has_lost_one_byte_is_known_by_its_beginning(string pattern, string line, bool isKnown) =>
        Assert.Equal(isKnown, ((AtPattern)pattern).BeginsDamaged(Encoding.ASCII.GetBytes(line)));

    [Theory]
    [InlineData("+X:#,#,#,#,#", "+X: 1, 22,333,4,5", "1 22 333 4")]
    [InlineData("+X:#,#*", "+X: 7,0 and more", "7 0 -1 -1")]
    [InlineData("+X:#", "+X: 99999999999", "-1 -1 -1 -1")]
    [InlineData("+X:#", "+X: 1,2", null)]
    [InlineData("+X:#", "+X: ", null)]
    [InlineData("+X:#", "+Y: 1", null)]
    [InlineData("+X:#,", "+X: 1", null)]
    public void The_first_four_numbers_are_read(string pattern, string line, string? numbers)
    {
        var isRead = ((AtPattern)pattern).TryRead(Encoding.ASCII.GetBytes(line), out var read);
        Assert.Equal(numbers, isRead ? $"{read.First} {read.Second} {read.Third} {read.Fourth}" : null);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("+*", false)]
    [InlineData("", false)]
    public void Only_a_star_alone_matches_anything(string pattern, bool matchesAnything) =>
        Assert.Equal(matchesAnything, ((AtPattern)pattern).MatchesAnything);

    [Fact]
    public void It_prints_as_it_is_written() => Assert.Equal("+CREG:#,#*", ((AtPattern)"+CREG:#,#*").ToString());
}
