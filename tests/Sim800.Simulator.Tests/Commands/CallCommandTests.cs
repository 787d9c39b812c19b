using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class CallCommandTests
{
    private static EngineHost Quiet(string settings = "AT", params string[] faults)
    {
        var host = new EngineHost(new VirtualModemOptions { Faults = FaultPlan.Parse(faults) });
        host.Exchange("ATE0\r");
        host.Exchange(settings + "\r");
        return host;
    }

    [Fact]
    public void A_call_is_dialled_alerts_is_answered_and_ends_from_the_other_side()
    {
        var host = Quiet("AT+MORING=1;+CMEE=1");
        host.Says("ATD+491701234567;\r", "\r\nOK\r\n");
        host.Says("AT+CLCC\r", "\r\n+CLCC: 1,0,2,0,0,\"+491701234567\",145,\"\"\r\n\r\nOK\r\n");
        host.Hears("\r\nMO RING\r\n", 1);
        host.Says("ATD123;\r", "\r\n+CME ERROR: 3\r\n");
        host.Hears("\r\nMO CONNECTED\r\n", 5);
        host.Says("AT+CLCC\r", "\r\n+CLCC: 1,0,0,0,0,\"+491701234567\",145,\"\"\r\n\r\nOK\r\n");
        host.Engine.Calls.Drop();
        host.Hears("\r\nNO CARRIER\r\n");
        host.Says("AT+CLCC\r", "\r\nOK\r\n");
        host.Says("AT+CEER\r", "\r\n+CEER: normal call clearing\r\n\r\nOK\r\n");
        host.Says("ATDL;\r", "\r\nOK\r\n");
    }

    [Theory]
    [InlineData("call-busy", 3, "\r\nBUSY\r\n", "Cause:17")]
    [InlineData("call-unanswered", 61, "\r\nNO ANSWER\r\n", "Cause:19")]
    [InlineData("call-dropped=10s", 17, "\r\nNO CARRIER\r\n", "Cause:16")]
    public void What_can_become_of_a_call_is_told_and_has_a_cause(string fault, double seconds, string heard, string cause)
    {
        var host = Quiet("AT+CEER=1", fault);
        host.Says("ATD123;\r", "\r\nOK\r\n");
        host.Hears(heard, seconds);
        host.Says("AT+CEER\r", $"\r\n+CEER: {cause}\r\n\r\nOK\r\n");
        host.Says("ATD123;\r", "\r\nOK\r\n");
        host.Hears("", 100);
    }

    [Theory]
    [InlineData("ATD123", "\r\nNO CARRIER\r\n")]
    [InlineData("ATDxyz;", "\r\nERROR\r\n")]
    [InlineData("ATD;", "\r\nERROR\r\n")]
    [InlineData("ATD>1;", "\r\nERROR\r\n")]
    [InlineData("ATA", "\r\nNO CARRIER\r\n")]
    [InlineData("ATH", "\r\nOK\r\n")]
    [InlineData("AT+COPS=2;D123;", "\r\nNO DIALTONE\r\n")]
    [InlineData("AT+CMUT=1", "\r\nERROR\r\n")]
    [InlineData("AT+CPBW=1,\"+491\",145,\"Home\";D>1;", "\r\nOK\r\n")]
    public void Without_a_call_or_a_number_or_a_network(string line, string answer) => Quiet().Says(line + "\r", answer);

    [Fact]
    public void A_caller_who_gives_up_ends_with_NO_CARRIER_and_a_busy_modem_does_not_ring()
    {
        var host = Quiet();
        host.Engine.Calls.Ring("123", 2);
        host.Hears("\r\nRING\r\n\r\nRING\r\n\r\nNO CARRIER\r\n", 10);
        host.Says("AT+GSMBUSY=1\r", "\r\nOK\r\n");
        host.Engine.Calls.Ring("123", 2);
        host.Hears("", 10);
        host.Says("AT+GSMBUSY=0;S0=2;S0?\r", "\r\n002\r\n\r\nOK\r\n");
        host.Engine.Calls.Ring("123", 9);
        host.Hears("\r\nRING\r\n\r\nRING\r\n", 10);
        host.Says("AT+CPAS\r", "\r\n+CPAS: 4\r\n\r\nOK\r\n");
    }

    [Fact]
    public void A_call_that_is_refused_rings_no_more()
    {
        var host = Quiet("AT+CLCC=1");
        host.Engine.Calls.Ring("123", 5);
        host.Hears("\r\n+CLCC: 1,1,4,0,0,\"123\",129,\"\"\r\n\r\nRING\r\n");
        host.Says("ATH\r", "\r\n+CLCC: 1,1,6,0,0,\"123\",129,\"\"\r\n\r\nOK\r\n");
        host.Hears("", 20);
        host.Says("AT+CEER\r", "\r\n+CEER: call rejected\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("A/", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n")]
    [InlineData("a/", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n")]
    [InlineData("A/\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n")]
    [InlineData("hello\rA/", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n")]
    [InlineData("A/A/", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n")]
    [InlineData("A/AT+CBC\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n\r\n+CBC: 0,76,4012\r\n\r\nOK\r\n")]
    public void The_last_line_is_repeated_without_a_carriage_return(string typed, string answer)
    {
        var host = Quiet();
        host.Exchange("AT+CSQ\r");
        host.Says(typed, answer);
    }

    [Fact]
    public void Before_any_line_there_is_nothing_to_repeat_but_an_OK() => new EngineHost().Says("A/", "A/\r\nOK\r\n");

    [Fact]
    public void Numbers_of_the_card_and_of_the_phonebook_are_listed_in_the_character_set_chosen()
    {
        var host = new EngineHost(new VirtualModemOptions { PhoneNumber = "+491709999999" });
        host.Exchange("ATE0\r");
        host.Says("AT+CNUM\r", "\r\n+CNUM: \"\",\"+491709999999\",145\r\n\r\nOK\r\n");
        host.Says("AT+CPBW=,\"+4930123\",145,\"Office\"\r", "\r\nOK\r\n");
        host.Says("AT+CPBW=7,\"112\",129,\"Help\"\r", "\r\nOK\r\n");
        host.Says("AT+CPBR=1,10\r", "\r\n+CPBR: 1,\"+4930123\",145,\"Office\"\r\n+CPBR: 7,\"112\",129,\"Help\"\r\n\r\nOK\r\n");
        host.Says("AT+CPBF=\"off\"\r", "\r\n+CPBF: 1,\"+4930123\",145,\"Office\"\r\n\r\nOK\r\n");
        host.Says("AT+CSCS=\"UCS2\";+CPBR=7\r", "\r\n+CPBR: 7,\"112\",129,\"00480065006C0070\"\r\n\r\nOK\r\n");
        host.Says("AT+CPBW=7;+CPBR=7;+CPBS?\r", "\r\n+CPBS: \"SM\",1,250\r\n\r\nOK\r\n");
        host.Says("AT+CPBW=251,\"1\"\r", "\r\nERROR\r\n");
        host.Says("AT+CPBS=\"XX\"\r", "\r\nERROR\r\n");
    }
}
