using Sim800.Modem.At;

namespace Sim800.Modem.Tests.At;

public sealed class AtCommandTests
{
    private static readonly AtCommand Query = new("AT+X?", TimeSpan.FromSeconds(2)) { Information = ["+X:*"], IsRepeatable = true };

    [Theory]
    [InlineData("AT+CPIN=1234", true, "AT+CPIN=...")]
    [InlineData("AT+CPIN?", true, "AT+CPIN?")]
    [InlineData("AT+CREG=1", false, "AT+CREG=1")]
    [InlineData("=1234", true, "=...")]
    public void What_stands_behind_the_sign_of_a_secret_is_not_shown(string text, bool isSecret, string shown)
    {
        var command = new AtCommand(text, TimeSpan.Zero) { IsSecret = isSecret };
        Assert.Equal(shown, command.Shown);
        Assert.Equal(shown, command.ToString());
    }

    [Fact]
    public void The_whole_answer_has_the_time_of_both_parts() =>
        Assert.Equal(TimeSpan.FromSeconds(7), (Query with { LateTimeout = TimeSpan.FromSeconds(5) }).Longest);

    [Fact]
    public void The_information_text_is_the_whole_answer_of_what_can_be_repeated_and_tells_its_own_lines()
    {
        Assert.True(Query.IsAnsweredBy(["+X: 1"]));
        Assert.False(Query.IsAnsweredBy([]));
        Assert.False(Query.IsAnsweredBy(null));
        Assert.False((Query with { IsRepeatable = false }).IsAnsweredBy(["+X: 1"]));
        Assert.False((Query with { Information = ["+X:*", "*"] }).IsAnsweredBy(["+X: 1"]));
    }

    [Fact]
    public void A_line_in_other_words_may_be_the_answer_of_what_waits_for_words()
    {
        Assert.True(Query.TakesUnfit);
        Assert.False((Query with { Information = [] }).TakesUnfit);
        Assert.False((Query with { IsFence = true }).TakesUnfit);
        Assert.False((Query with { IsNumeric = true }).TakesUnfit);
    }
}
