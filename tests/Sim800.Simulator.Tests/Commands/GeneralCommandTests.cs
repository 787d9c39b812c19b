using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class GeneralCommandTests
{
    [Theory]
    [InlineData("ATI\r", "\r\nSIM800 R14.18\r\n\r\nOK\r\n")]
    [InlineData("AT+GMI\r", "\r\nSIMCOM_Ltd\r\n\r\nOK\r\n")]
    [InlineData("AT+GMM\r", "\r\nSIMCOM_SIM800L\r\n\r\nOK\r\n")]
    [InlineData("AT+GMR\r", "\r\nRevision:1418B05SIM800L24\r\n\r\nOK\r\n")]
    [InlineData("AT+CGMR\r", "\r\nRevision:1418B05SIM800L24\r\n\r\nOK\r\n")]
    [InlineData("AT+GSV\r", "\r\nSIMCOM_Ltd\r\nSIMCOM_SIM800L\r\nRevision:1418B05SIM800L24\r\n\r\nOK\r\n")]
    [InlineData("AT+GSN\r", "\r\n867717031234567\r\n\r\nOK\r\n")]
    [InlineData("AT+CIMI\r", "\r\n262011234567890\r\n\r\nOK\r\n")]
    [InlineData("AT+CCID\r", "\r\n8949201234567890123F\r\n\r\nOK\r\n")]
    [InlineData("AT+CBC\r", "\r\n+CBC: 0,76,4012\r\n\r\nOK\r\n")]
    [InlineData("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n")]
    [InlineData("AT+COPS?\r", "\r\n+COPS: 0,0,\"Virtual GSM\"\r\n\r\nOK\r\n")]
    [InlineData("AT+CSPN?\r", "\r\n+CSPN: \"Virtual GSM\",0\r\n\r\nOK\r\n")]
    [InlineData("AT+CGATT?\r", "\r\n+CGATT: 1\r\n\r\nOK\r\n")]
    [InlineData("AT+CGREG?\r", "\r\n+CGREG: 0,1\r\n\r\nOK\r\n")]
    [InlineData("AT+CGACT?\r", "\r\n+CGACT: 1,0\r\n+CGACT: 2,0\r\n+CGACT: 3,0\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPSPRT?\r", "\r\n+CIPSPRT: 1\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPATS=1,5;+CIPATS?\r", "\r\n+CIPATS: 1,5\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPTKA=1,60,30,3;+CIPTKA?\r", "\r\n+CIPTKA: 1,60,30,3\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPTKA=1,5\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPDPDP=1,20,5;+CIPDPDP?\r", "\r\n+CIPDPDP: 1,20,5\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPRDTIMER=100,200;+CIPRDTIMER?\r", "\r\n+CIPRDTIMER: 100,200\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPCCFG?\r", "\r\n+CIPCCFG: 5,2,1024,1,0,1460,50\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPSSL=?\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPSSL=0\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPMUX=?\r", "\r\n+CIPMUX: (0,1)\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPSTART=?\r", "\r\n+CIPSTART: (\"TCP\",\"UDP\"),(\"(0-255).(0-255).(0-255).(0-255)\"),(1-65535)\r\n+CIPSTART: (\"TCP\",\"UDP\"),(\"DOMAIN NAME\"),(1-65535)\r\n\r\nOK\r\n")]
    [InlineData("AT+CDNSCFG?\r", "\r\nPrimaryDns: 0.0.0.0\r\nSecondaryDns: 0.0.0.0\r\n\r\nOK\r\n")]
    [InlineData("AT+CDNSCFG=\"8.8.8.8\",\"8.8.4.4\";+CDNSCFG?\r", "\r\nPrimaryDns: 8.8.8.8\r\nSecondaryDns: 8.8.4.4\r\n\r\nOK\r\n")]
    [InlineData("AT+CDNSCFG=\"nowhere\"\r", "\r\nERROR\r\n")]
    public void A_question_gets_the_answer_of_the_reference(string question, string answer)
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says(question, answer);
    }

    [Fact]
    public void Firmware_with_SSL_takes_the_switch_and_no_server_takes_its_handshake()
    {
        var host = EngineHost.Connectable(new VirtualModemOptions { HasBuiltInSsl = true });
        host.Says("AT+CIPSSL=?\r", "\r\n+CIPSSL: (0-1)\r\n\r\nOK\r\n");
        host.Says("AT+CIPSSL=1\r", "\r\nOK\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",8883\r", "\r\nOK\r\n\r\n0, CLOSE OK\r\n");
    }

    [Fact]
    public void The_profile_shows_the_defaults_of_a_real_module()
    {
        var host = new EngineHost();
        Assert.Equal(
            "AT&V\r\r\nDEFAULT PROFILE\r\nS0: 0\r\nE: 1\r\nV: 1\r\nQ: 0\r\nX: 4\r\n&C: 1\r\n&D: 1\r\n+CLTS: 0\r\n+CREG: 0\r\n+CGREG: 0\r\n+CMEE: 0\r\n+CIURC: 1\r\n+CNMI: 2,1,0,0,0\r\n+CSCS: \"IRA\"\r\n+IPR: 115200\r\n+IFC: 0,0\r\n+CSCLK: 0\r\n\r\nOK\r\n",
            host.Exchange("AT&V\r"));
    }

    [Fact]
    public void Factory_and_saved_settings_come_back_but_not_those_of_the_line()
    {
        var host = new EngineHost();
        host.Exchange("ATE0;+CMEE=1;&W\r");
        host.Exchange("AT+CMEE=2;+IFC=2,2;+CSCLK=1\r");
        host.Says("ATZ;+CMEE?\r", "\r\n+CMEE: 1\r\n\r\nOK\r\n");
        host.Says("AT&F;E0;+CMEE?\r", "\r\n+CMEE: 0\r\n\r\nOK\r\n");
        host.Says("AT+IFC?;+CSCLK?\r", "\r\n+IFC: 2,2\r\n\r\n+CSCLK: 1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Every_command_of_the_table_takes_the_test_form_or_refuses_it()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        foreach (var name in new[] { "+CFUN", "+CSCLK", "+IPR", "+IFC", "+ICF", "+CSTT", "+CNMI", "+CSCS", "+CIPRXGET", "+CIPCCFG", "+CLCK", "+CBC" })
        {
            Assert.Matches($"^\r\n\\{name}: \\S.*\r\n\r\nOK\r\n$", host.Exchange($"AT{name}=?\r"));
        }
    }
}
