using Sim800.Modem.Alphabets;
using Sim800.Modem.Ussd;

namespace Sim800.Modem.Tests.Ussd;

public sealed class UssdAssemblerTests
{
    private readonly UssdAssembler _assembler = new(CharacterSet.Unknown);

    [Theory]
    [InlineData("+CUSD: 0,\"Balance: 5.20 EUR\",15", UssdStatus.Completed, "Balance: 5.20 EUR")]
    [InlineData("+CUSD:1, \"1) Top up 2) Help\", 15", UssdStatus.ActionRequired, "1) Top up 2) Help")]
    [InlineData("+CUSD: 0,\"Say \"yes\", please\",15", UssdStatus.Completed, "Say \"yes\", please")]
    [InlineData("+CUSD: 0,\"no scheme\"", UssdStatus.Completed, "no scheme")]
    [InlineData("+CUSD: 0,\"\",15", UssdStatus.Completed, "")]
    [InlineData("+CUSD: 2", UssdStatus.Terminated, "")]
    [InlineData("+CUSD: 3", UssdStatus.AnsweredElsewhere, "")]
    [InlineData("+CUSD: 4", UssdStatus.NotSupported, "")]
    [InlineData("+CUSD: 5 ", UssdStatus.NetworkTimeout, "")]
    [InlineData("+CUSD: 0,\"041F044004380432\",72", UssdStatus.Completed, "Прив")]
    [InlineData("+CUSD: 0,\"041F0440\",17", UssdStatus.Completed, "Пр")]
    [InlineData("+CUSD: 0,\"Decoded already\",72", UssdStatus.Completed, "Decoded already")]
    [InlineData("+CUSD: 0,\"041F04\",72", UssdStatus.Completed, "041F04")]
    [InlineData("+CUSD: 0,\"C8329BFD\",15", UssdStatus.Completed, "C8329BFD")]
    [InlineData("+CUSD: 0,\"6537041F0440\",17", UssdStatus.Completed, "Пр")] // "en" as two septets, and no text
    [InlineData("+CUSD: 0,\"723A041F044004380432\",17", UssdStatus.Completed, "Прив")] // "ru"
    [InlineData("+CUSD: 0,\"65370042006100 6C\",17", UssdStatus.Completed, "65370042006100 6C")]
    [InlineData("+CUSD: 0,\"en\nLeft 1.25\",16", UssdStatus.Completed, "Left 1.25")]
    [InlineData("+CUSD: 0,\"de\rGuthaben 5 EUR\",16", UssdStatus.Completed, "Guthaben 5 EUR")]
    [InlineData("+CUSD: 0,\"en\r\n\r\nLeft 1.25\",16", UssdStatus.Completed, "\nLeft 1.25")]
    [InlineData("+CUSD: 0,\"Left 1.25\",16", UssdStatus.Completed, "Left 1.25")]
    [InlineData("+CUSD: 0,\"ok\nLeft\",15", UssdStatus.Completed, "ok\nLeft")]
    [InlineData("+CUSD: 0,\"0065006E000D004C006500660074\",16", UssdStatus.Completed, "Left")]
    [InlineData("+CUSD: 0,\"00420061006C0061006E00630065\",15", UssdStatus.Completed, "Balance")]
    [InlineData("+CUSD: 1,\"a\r\n\r\nb\",15", UssdStatus.ActionRequired, "a\n\nb")]
    public void A_reply_has_a_status_and_a_text(string line, UssdStatus status, string text)
    {
        Assert.Equal(new UssdReply(status, text), _assembler.Add(line));
        Assert.False(_assembler.IsWaiting);
    }

    [Fact]
    public void A_text_may_run_over_several_lines()
    {
        Assert.Null(_assembler.Add("+CUSD: 1, \"Menu"));
        Assert.True(_assembler.IsWaiting);
        Assert.Null(_assembler.Add("1 Balance"));
        Assert.Equal(new UssdReply(UssdStatus.ActionRequired, "Menu\n1 Balance\n2 Help"), _assembler.Add("2 Help\", 15"));
        Assert.False(_assembler.IsWaiting);
    }

    [Fact]
    public void A_new_reply_ends_an_unfinished_one()
    {
        Assert.Null(_assembler.Add("+CUSD: 1, \"Menu"));
        Assert.Equal("Bye", _assembler.Add("+CUSD: 0,\"Bye\",15")!.Text);
        Assert.False(_assembler.IsWaiting);
    }

    [Fact]
    public void An_endless_text_is_let_go()
    {
        _assembler.Add("+CUSD: 1, \"Menu");
        for (var i = 0; i < 100 && _assembler.IsWaiting; i++)
        {
            Assert.Null(_assembler.Add(new string('x', 50)));
        }

        Assert.False(_assembler.IsWaiting);
    }

    [Theory]
    [InlineData("+CUSD:")]
    [InlineData("+CUSD: 9")]
    [InlineData("+CUSD: x")]
    [InlineData("+CUSD: 0,")]
    [InlineData("+CUSD: 0,text")]
    public void A_garbled_line_starts_nothing(string line)
    {
        Assert.Null(_assembler.Add(line));
        Assert.False(_assembler.IsWaiting);
    }
}
