using System.Text;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.Errors;

public sealed class ExplanationsTests
{
    [Theory]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"h\",1", "+CME ERROR: 3", null, "no state to open a connection", true)]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"h\",1", "+CME ERROR: operation not allowed", "PDP DEACT", "taken the data connection away", true)]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"h\",1", "ERROR", "IP INITIAL", "lost the data connection", true)]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"h\",1", "+CME ERROR: DNS resolve failed", null, "name could not be resolved", true)]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"h\",1", "+CME ERROR: Socket open failed", null, "could not be opened", true)]
    [InlineData("AT+CIPSEND=0,", "+CME ERROR: operation not allowed", null, "no longer open", true)]
    [InlineData("AT+CIPCLOSE=0,1", "+CME ERROR: 3", null, "already closed", true)]
    [InlineData("AT+SAPBR=1,1", "+CME ERROR: 3", null, "bearer", true)]
    [InlineData("AT+CIICR", "ERROR", "PDP DEACT", "refused the data connection", true)]
    [InlineData("AT+CIICR", "+CME ERROR: 3", "IP INITIAL", "not ready", true)]
    [InlineData("AT+CSTT", "ERROR", "IP START", "access point name", true)]
    [InlineData("AT+CIFSR;E0", "ERROR", null, "no IP address", true)]
    [InlineData("AT+CIPMUX=1", "ERROR", "IP STATUS", "link settings", true)]
    [InlineData("AT+CPIN?", "+CME ERROR: SIM not inserted", null, "no SIM card", false)]
    [InlineData("AT+CPIN?", "+CME ERROR: 11", null, "asks for its PIN", false)]
    [InlineData("AT+CPIN?", "+CME ERROR: SIM PUK required", null, "PUK", false)]
    [InlineData("AT+CPIN?", "+CME ERROR: 13", null, "does not work", false)]
    [InlineData("AT+CPIN?", "+CME ERROR: SIM busy", null, "still busy", true)]
    [InlineData("AT+CPIN?", "+CME ERROR: 15", null, "not the right one", false)]
    [InlineData("AT+CPIN=\"1234\"", "+CME ERROR: incorrect password", null, "refused the PIN", false)]
    [InlineData("AT+CPIN?", "+CME ERROR: CFUN state is 0 or 4", null, "radio is switched off", true)]
    [InlineData("AT+CGATT=1", "+CME ERROR: 30", null, "no mobile network", true)]
    [InlineData("AT+CGATT=1", "+CME ERROR: 31", null, "did not answer in time", true)]
    [InlineData("AT+CGATT=1", "+CME ERROR: network not allowed, emergency calls only", null, "emergency", false)]
    [InlineData("AT+CGATT=1", "+CME ERROR: 103", null, "illegal MS", false)]
    [InlineData("AT+CGATT=1", "+CME ERROR: 106", null, "illegal ME", false)]
    [InlineData("AT+CGATT=1", "+CME ERROR: GPRS services not allowed", null, "does not allow GPRS", false)]
    [InlineData("AT+CGACT=1,1", "+CME ERROR: 132", null, "does not support", false)]
    [InlineData("AT+CGACT=1,1", "+CME ERROR: requested service option not subscribed", null, "not subscribed", false)]
    [InlineData("AT+CGACT=1,1", "+CME ERROR: 134", null, "out of order", true)]
    [InlineData("AT+CIICR", "+CME ERROR: 148", null, "without a reason", true)]
    [InlineData("AT+CIICR", "+CME ERROR: PDP authentication failure", null, "user name or password", false)]
    [InlineData("AT+CIICR", "+CME ERROR: 180", null, "not attached", true)]
    [InlineData("AT+CSQ", "+CME ERROR: 601", null, "does not know", false)]
    [InlineData("AT+CSQ", "ERROR", null, "answered 'ERROR' to 'AT+CSQ'", false)]
    public void A_refusal_is_explained_with_a_remedy(string command, string answer, string? state, string says, bool isTransient)
    {
        var refused = AtCommandException.Of(new ModemFailure(Sim800Stage.Gprs, new AtCommand(command, TimeSpan.Zero), Response(answer), state));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(refused.RemedyText, refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.RemedyText);
        Assert.Equal((Sim800Stage.Gprs, command, answer, state), (refused.Stage, refused.Command, refused.Answer, refused.State));
        Assert.Equal(isTransient, refused.IsTransient);
    }

    [Fact]
    public void A_secret_never_reaches_a_message()
    {
        var refused = AtCommandException.Of(new ModemFailure(Sim800Stage.Sim, StandardCommands.EnterPin("1234"), Response("ERROR")));
        Assert.Equal("AT+CPIN=...", refused.Command);
        Assert.DoesNotContain("1234", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", Sim800Commands.StartTask("a", "u", "geheim").ToString(), StringComparison.Ordinal);
        var options = new ModemOptions { Apn = "internet", ApnPassword = "geheim", Pin = "1234" }.ToString();
        Assert.DoesNotContain("geheim", options, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", options, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TcpConnectReason.Failed, "refused or not reached")]
    [InlineData(TcpConnectReason.HostNotFound, "not known")]
    [InlineData(TcpConnectReason.NoOutcome, "no outcome")]
    [InlineData(TcpConnectReason.Closed, "closed the connection at once")]
    [InlineData(TcpConnectReason.ContextLost, "was lost while connecting")]
    [InlineData(TcpConnectReason.NoFreeLink, "in use")]
    public void A_connection_that_did_not_open_says_why(TcpConnectReason reason, string says)
    {
        var refused = TcpConnectException.Of(reason, "AT+CIPSTART", "h.example.org", 1, "x");
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.RemedyText);
        Assert.Equal((reason, "h.example.org", 1, "x"), (refused.Reason, refused.Host, refused.Port, refused.Answer));
    }

    [Theory]
    [MemberData(nameof(LinkReasons))]
    public void A_lost_connection_says_why(TcpLinkReason reason)
    {
        var lost = new TcpLinkException(reason);
        Assert.EndsWith(lost.RemedyText, lost.Message, StringComparison.Ordinal);
        Assert.NotEmpty(lost.RemedyText);
        Assert.True(lost.IsTransient);
        Assert.Equal(Sim800Stage.Tcp, lost.Stage);
    }

    public static TheoryData<TcpLinkReason> LinkReasons => [.. Enum.GetValues<TcpLinkReason>()];

    [Theory]
    [InlineData(ModemRegistrationReason.Denied, false)]
    [InlineData(ModemRegistrationReason.NoNetwork, true)]
    [InlineData(ModemRegistrationReason.NotSearching, true)]
    public void A_failed_registration_says_why(ModemRegistrationReason reason, bool isTransient)
    {
        var failed = ModemRegistrationException.Of(reason, "AT+CREG?", "+CREG: 0,3", ModemRemedy.CheckAccount);
        Assert.Equal((reason, isTransient, "+CREG: 0,3"), (failed.Reason, failed.IsTransient, failed.Answer));
        Assert.NotEmpty(failed.RemedyText);
    }

    private static AtResponse Response(string answer) =>
        new(AtResult.OfError(answer), answer, [], AtNumbers.Read(Encoding.ASCII.GetBytes(answer)));
}
