using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class RadioCommandTests
{
    [Fact]
    public void Registration_reports_carry_one_field_less_than_the_answer()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT+CREG=2\r", "\r\nOK\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 2,1,\"2F4A\",\"61D9\"\r\n\r\nOK\r\n");
        host.Strike("registration-lost=2s");
        host.Hears("\r\n+CREG: 2\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 2,2\r\n\r\nOK\r\n");
        host.Hears("\r\n+CREG: 1,\"2F4A\",\"61D9\"\r\n");
    }

    [Fact]
    public void A_roaming_modem_says_five()
    {
        var host = new EngineHost(new VirtualModemOptions { Roaming = true });
        host.Exchange("ATE0\r");
        host.Says("AT+CREG?;+CGREG?\r", "\r\n+CREG: 0,5\r\n\r\n+CGREG: 0,5\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Searching_for_operators_takes_its_time()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT+COPS=?\r", "");
        host.Hears("\r\n+COPS: (2,\"Virtual GSM\",\"VGSM\",\"26201\"),,(0-4),(0-2)\r\n\r\nOK\r\n", 5);
    }

    [Fact]
    public void Leaving_the_operator_ends_everything_and_returning_takes_a_while()
    {
        var host = EngineHost.Connected();
        host.Says("AT+COPS=2\r", "\r\n+PDP: DEACT\r\n\r\nOK\r\n");
        host.Says("AT+COPS?\r", "\r\n+COPS: 0\r\n\r\nOK\r\n");
        host.Says("AT+COPS=0\r", "\r\nOK\r\n");
        host.Wait(1);
        host.Says("AT+COPS?\r", "\r\n+COPS: 0,0,\"Virtual GSM\"\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Detaching_takes_the_context_away()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CGATT=0\r", "\r\n+PDP: DEACT\r\n\r\nOK\r\n");
        host.Says("AT+CGATT?\r", "\r\n+CGATT: 0\r\n\r\nOK\r\n");
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: PDP DEACT\r\n\r\nC: 0,0,\"TCP\",\"198.51.100.7\",\"1883\",\"CLOSED\"\r\nC: 1,,\"\",\"\",\"\",\"INITIAL\"\r\nC: 2,,\"\",\"\",\"\",\"INITIAL\"\r\nC: 3,,\"\",\"\",\"\",\"INITIAL\"\r\nC: 4,,\"\",\"\",\"\",\"INITIAL\"\r\nC: 5,,\"\",\"\",\"\",\"INITIAL\"\r\n");
        host.Says("AT+CGATT=1\r", "\r\nOK\r\n");
        host.Says("AT+CGATT?\r", "\r\n+CGATT: 1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Minimum_functionality_tells_what_goes_and_answers_five_seconds_later()
    {
        var host = EngineHost.Connected();
        host.Exchange("AT+SAPBR=1,1;+CMEE=2\r");
        host.Says("AT+CFUN=0\r", "\r\n+SAPBR 1: DEACT\r\n\r\n+PDP: DEACT\r\n\r\n+CPIN: NOT READY\r\n");
        host.Hears("\r\nOK\r\n", 5);
        host.Says("AT+CPIN?\r", "\r\n+CME ERROR: CFUN state is 0 or 4\r\n");
        host.Says("AT+CSQ\r", "\r\n+CSQ: 99,0\r\n\r\nOK\r\n");
        host.Says("AT+CFUN?\r", "\r\n+CFUN: 0\r\n\r\nOK\r\n");
        host.Says("AT+CFUN=1\r", "\r\nOK\r\n\r\n+CPIN: READY\r\n");
        host.Hears("\r\nCall Ready\r\n\r\nSMS Ready\r\n", 4);
        host.Says("AT+CFUN=3\r", "\r\nERROR\r\n");
    }
}
