using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

public sealed class RawCommandTests
{
    private static readonly RawCommandRules Rules = new Sim800Dialect().RawCommands;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Any_command_can_be_sent()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CREG?\r", "<< \r\n+CREG: 0,1\r\n\r\nOK\r\n",
            ">> AT&V\r", "<< \r\nACTIVE PROFILE:\r\nE: 0\r\n\r\n+CIPRXGET: 1,0\r\n\r\nOK\r\n",
            ">> AT+cipshut\r", "<< \r\nSHUT OK\r\n",
            ">> AT+CIFSR\r", "<< \r\n10.0.109.44\r\n",
            ">> AT+CIPSTATUS\r", "<< \r\nOK\r\n\r\nSTATE: IP STATUS\r\n");

        var registration = await talk.Modem.SendCommandAsync("AT+CREG?", cancellationToken: Ct);
        var profile = await talk.Modem.SendCommandAsync("at&V", TimeSpan.FromSeconds(1), Ct);
        var shut = await talk.Modem.SendCommandAsync("AT+cipshut", cancellationToken: Ct);
        var address = await talk.Modem.SendCommandAsync("AT+CIFSR", cancellationToken: Ct);
        var status = await talk.Modem.SendCommandAsync("AT+CIPSTATUS", cancellationToken: Ct);

        Assert.Equal(("OK", "+CREG: 0,1"), (registration.Result, Assert.Single(registration.Information)));
        Assert.Equal(["ACTIVE PROFILE:", "E: 0"], profile.Information);
        Assert.Equal("SHUT OK", shut.Result);
        Assert.Equal("10.0.109.44", address.Result);
        Assert.Equal("STATE: IP STATUS", status.Result);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_has_the_modems_words()
    {
        await using var talk = await Talk.OpenAsync(">> AT+FOO\r", "<< \r\nERROR\r\n");

        var e = await Assert.ThrowsAsync<AtCommandException>(() => talk.Modem.SendCommandAsync("AT+FOO", cancellationToken: Ct));

        Assert.Equal(("AT+FOO", "ERROR"), (e.Command, e.Answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+CSQ")]
    [InlineData("AT+CSQ\r")]
    [InlineData("AT\r\nAT+CPOWD=1")]
    [InlineData("ATé")]
    [InlineData("AT+CIPSEND=0,5")]
    [InlineData("AT+cmgs=24")]
    [InlineData("AT+CSQ;+CMGW=24")]
    public void What_is_no_command_line_or_waits_for_data_is_refused(string line) =>
        Assert.Throws<ArgumentException>(() => RawCommand.Parse(line, null, Rules));

    [Fact]
    public void A_line_longer_than_the_modems_buffer_is_refused()
    {
        RawCommand.Parse("AT" + new string('X', 556), null, Rules);
        Assert.Throws<ArgumentException>(() => RawCommand.Parse("AT" + new string('X', 557), null, Rules));
    }

    [Theory]
    [InlineData("AT+CIPSEND?")]
    [InlineData("AT+CIPSEND=?")]
    [InlineData("AT+CMGS=?")]
    public void A_question_about_such_a_command_is_allowed(string line) => Assert.Equal(line, RawCommand.Parse(line, null, Rules).Text);

    [Theory]
    [InlineData("AT+CPIN=\"1234\"", true)]
    [InlineData("at+cpin=1234", true)]
    [InlineData("AT+CSTT=\"a\",\"u\",\"p\"", true)]
    [InlineData("AT+CSQ;+CPWD=\"SC\",\"1234\",\"4321\"", true)]
    [InlineData("AT+CIPCSGP=1,\"a\",\"u\",\"p\"", true)]
    [InlineData("AT+CPIN = \"1234\"", true)]
    [InlineData("At+cPiN= 1234", true)]
    [InlineData("AT+CMEE=2;+CPIN=\"1234\"", true)]
    [InlineData("AT+CPIN=?;+CPIN=\"1234\"", true)]
    [InlineData("AT+CLCK=\"SC\",1,\"1234\"", true)]
    [InlineData("AT+SAPBR=3,1,\"PWD\",\"1234\"", true)]
    [InlineData("AT+NOBODYKNOWS=\"1234\"", true)]
    [InlineData("AT+CPIN?", false)]
    [InlineData("AT+CPIN=?", false)]
    [InlineData("AT+CPIN= ?;+CSQ", false)]
    public void No_value_is_shown_however_the_command_is_spelt(string line, bool secret)
    {
        var command = RawCommand.Parse(line, null, Rules);
        Assert.Equal(secret, command.IsSecret);
        Assert.DoesNotContain("1234", command.Shown, StringComparison.Ordinal);
        Assert.Equal(line[2..], command.Text[2..]); // what is sent is what was typed
    }

    [Theory]
    [InlineData("AT+CIPCLOSE=0,1", "0, CLOSE OK")]
    [InlineData("AT+CIPCLOSE", "CLOSE OK")]
    [InlineData("AT+CDNSGIP=\"example.org\"", "+CDNSGIP: 1,\"example.org\",\"192.0.2.1\"")]
    [InlineData("AT+CNTP", "+CNTP: 1")]
    [InlineData("AT+CPOWD=1", "NORMAL POWER DOWN")]
    [InlineData("AT+CIPSTATUS=0", "OK")]
    [InlineData("AT+CNTP?", "OK")]
    public void Commands_end_with_their_own_line(string line, string final) =>
        Assert.Contains(RawCommand.Parse(line, null, Rules).Success, pattern => pattern.Matches(System.Text.Encoding.ASCII.GetBytes(final)));
}
