using Sim800.Cli.Timeline;

namespace Sim800.Cli.Tests.Timeline;

public sealed class AtMaskTests
{
    [Theory]
    [InlineData("AT", "AT")]
    [InlineData("ATE0", "ATE0")]
    [InlineData("AT&W", "AT&W")]
    [InlineData("AT+CSQ", "AT+CSQ")]
    [InlineData("AT+CREG?", "AT+CREG?")]
    [InlineData("AT+CIPSEND=0,141", "AT+CIPSEND=0,141")]
    [InlineData("AT+CIPRXGET=2,0,1460", "AT+CIPRXGET=2,0,1460")]
    [InlineData("AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1", "AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1")]
    [InlineData("AT+NETOPEN?", "AT+NETOPEN?")]
    [InlineData("AT+CIPTIMEOUT=75000,60000,15000", "AT+CIPTIMEOUT=75000,60000,15000")]
    [InlineData("AT+CGDCONT?", "AT+CGDCONT?")]
    public void A_command_of_nothing_personal_is_shown(string command, string shown) => Assert.Equal(shown, AtMask.Command(command));

    [Theory]
    [InlineData("AT+CPIN=\"1234\"", "AT+CPIN=…")]
    [InlineData("AT+CPIN=1234", "AT+CPIN=…")]
    [InlineData("AT+CSTT=\"internet\",\"user\",\"word\"", "AT+CSTT=…")]
    [InlineData("AT+CIPMUX=1;+CPIN=1234", "AT+CIPMUX=1;+CPIN=…")]
    [InlineData("AT+CMGS=\"+491701234567\"", "AT+CMGS=…")]
    [InlineData("AT+CUSD=1,\"*100#\"", "AT+CUSD=…")]
    [InlineData("AT+COPS=1,2,\"26201\"", "AT+COPS=…")]
    [InlineData("ATD+491701234567;", "AT…;")]
    [InlineData("AT#SECRET=1234", "AT…")]
    [InlineData("AT+NOBODY=1234", "AT+NOBODY=…")]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"xyz.s2.eu.hivemq.cloud\",8883", "AT+CIPSTART=0,\"TCP\",\"…\",8883")]
    [InlineData("AT+CIPSTART=\"TCP\",\"10.1.2.3\",\"1883\"", "AT+CIPSTART=\"TCP\",\"…\",\"…\"")]
    [InlineData("AT+CIPOPEN=3,\"TCP\",\"xyz.s2.eu.hivemq.cloud\",8883", "AT+CIPOPEN=3,\"TCP\",\"…\",8883")]
    [InlineData("AT+CGDCONT=1,\"IP\",\"internet.apn\"", "AT+CGDCONT=…")]
    [InlineData("AT+CGAUTH=1,1,\"word\",\"user\"", "AT+CGAUTH=…")]
    public void Of_any_other_the_name_alone_is(string command, string shown) => Assert.Equal(shown, AtMask.Command(command));

    [Theory]
    [InlineData("OK", "OK")]
    [InlineData("+CME ERROR: operation not allowed", "+CME ERROR: operation not allowed")]
    [InlineData("DATA ACCEPT:0,141", "DATA ACCEPT:0,141")]
    [InlineData("0, CONNECT OK", "0, CONNECT OK")]
    [InlineData("+CIPRXGET: 1,0", "+CIPRXGET: 1,0")]
    [InlineData("+CIPOPEN: 0,11", "+CIPOPEN: 0,11")]
    [InlineData("+CIPSEND: 0,5,-1", "+CIPSEND: 0,5,-1")]
    [InlineData("+IP ERROR: No data", "+IP ERROR: No data")]
    [InlineData("+CIPOPEN: 1,\"TCP\",\"192.0.2.1\",1883,-1", "+CIPOPEN: …")]
    [InlineData("+IPADDR: 10.0.0.5", "+IPADDR: …")]
    [InlineData("*ISIMAID: \"A0000000871004\"", "*ISIMAID: …")]
    [InlineData("10.23.45.67", "…")]
    [InlineData("867717031234567", "…")]
    [InlineData("+CMT: \"+491701234567\",,\"26/11/29\"", "+CMT: …")]
    [InlineData("+CUSD: 0,\"Balance: 12.34\"", "+CUSD: …")]
    [InlineData("Meet me at noon", "…")]
    public void An_answer_is_what_every_modem_says_or_its_name(string answer, string shown) => Assert.Equal(shown, AtMask.Answer(answer));
}
