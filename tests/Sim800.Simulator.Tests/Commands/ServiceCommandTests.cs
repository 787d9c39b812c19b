using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class ServiceCommandTests
{
    private static EngineHost Quiet(VirtualModemOptions? options = null)
    {
        var host = new EngineHost(options);
        host.Exchange("ATE0\r");
        return host;
    }

    [Fact]
    public void The_bearer_opens_shows_its_address_and_closes()
    {
        var host = Quiet();
        host.Says("AT+SAPBR=3,1,\"Contype\",\"GPRS\"\r", "\r\nOK\r\n");
        host.Says("AT+SAPBR=3,1,\"APN\",\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+SAPBR=2,1\r", "\r\n+SAPBR: 1,3,\"0.0.0.0\"\r\n\r\nOK\r\n");
        host.Says("AT+SAPBR=1,1\r", "\r\nOK\r\n");
        host.Says("AT+SAPBR=2,1\r", "\r\n+SAPBR: 1,1,\"10.89.193.1\"\r\n\r\nOK\r\n");
        host.Says("AT+SAPBR=1,1\r", "\r\nERROR\r\n");
        host.Says("AT+SAPBR=0,1\r", "\r\nOK\r\n");
        host.Says("AT+SAPBR=3,1,\"Nonsense\",\"x\"\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void The_clock_is_unset_until_somebody_sets_it()
    {
        var host = Quiet();
        Assert.StartsWith("\r\n+CCLK: \"04/01/01,00:00:0", host.Exchange("AT+CCLK?\r"));
        host.Says("AT+CCLK=\"26/11/22,08:00:00+04\"\r", "\r\nOK\r\n");
        host.Wait(0.5);
        host.Says("AT+CCLK?\r", "\r\n+CCLK: \"26/11/22,08:00:01+04\"\r\n\r\nOK\r\n");
        host.Says("AT+CCLK=\"nonsense\"\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_time_server_needs_the_bearer()
    {
        var host = Quiet();
        host.Says("AT+CNTPCID=1\r", "\r\nOK\r\n");
        host.Says("AT+CNTP=\"pool.ntp.org\",8\r", "\r\nOK\r\n");
        host.Says("AT+CNTP\r", "\r\nOK\r\n\r\n+CNTP: 61\r\n");
        host.Exchange("AT+SAPBR=1,1\r");
        host.Says("AT+CNTP\r", "\r\nOK\r\n\r\n+CNTP: 1\r\n");
        Assert.Matches("^\r\n\\+CCLK: \"26/03/04,07:06:1[0-9]\\+08\"\r\n\r\nOK\r\n$", host.Exchange("AT+CCLK?\r"));
    }

    [Fact]
    public void The_location_puts_longitude_first()
    {
        var host = Quiet();
        host.Says("AT+CIPGSMLOC=1,1\r", "\r\n+CIPGSMLOC: 601\r\n\r\nOK\r\n");
        host.Exchange("AT+SAPBR=1,1\r");
        Assert.Matches("^\r\n\\+CIPGSMLOC: 0,24\\.672608,59\\.395128,2026/03/04,05:06:\\d\\d\r\n\r\nOK\r\n$", host.Exchange("AT+CIPGSMLOC=1,1\r"));
        Assert.Matches("^\r\n\\+CIPGSMLOC: 0,2026/03/04,05:06:\\d\\d\r\n\r\nOK\r\n$", host.Exchange("AT+CIPGSMLOC=2,1\r"));
    }

    [Fact]
    public void Network_time_comes_at_registration_in_UTC_and_sets_the_local_clock()
    {
        var host = Quiet(new VirtualModemOptions { TimeZoneQuarters = 4 });
        host.Exchange("AT+CLTS=1;&W\r");
        host.Exchange("AT+COPS=2\r");
        host.Says("AT+COPS=0\r", "\r\nOK\r\n");
        Assert.Equal(
            "\r\n*PSUTTZ: 2026,3,4,5,6,11,\"+04\",0\r\n\r\nDST: 0\r\n\r\n+CTZV: \"+04\"\r\n\r\n*PSNWID: \"262\",\"01\", \"Virtual GSM\", 0, \"Virtual GSM\", 0\r\n\r\n+CIEV: 10,\"26201\",\"Virtual GSM\",\"Virtual GSM\", 0, 0\r\n",
            host.Wait(1));
        Assert.StartsWith("\r\n+CCLK: \"26/03/04,06:06:1", host.Exchange("AT+CCLK?\r"));
    }

    [Fact]
    public void Names_resolve_after_the_OK_and_only_with_a_context()
    {
        var host = Quiet();
        host.Says("AT+CDNSGIP=\"broker.example.org\"\r", "\r\nOK\r\n\r\n+CDNSGIP: 0,3\r\n");
        host = EngineHost.Connectable();
        host.Says("AT+CDNSGIP=\"broker.example.org\"\r", "\r\nOK\r\n\r\n+CDNSGIP: 1,\"broker.example.org\",\"198.51.100.7\"\r\n");
        host.Says("AT+CDNSGIP=\"nowhere.example.org\"\r", "\r\nOK\r\n\r\n+CDNSGIP: 0,8\r\n");
    }

    [Fact]
    public void A_message_is_sent_behind_a_prompt_and_ends_with_Ctrl_Z()
    {
        var host = Quiet();
        host.Says("AT+CMGS=\"+491\"\r", "\r\nERROR\r\n");
        host.Says("AT+CMGF=1\r", "\r\nOK\r\n");
        host.Says("AT+CMGS=\"+491701234567\"\r", "\r\n> ");
        host.Says("Hello\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        Assert.Equal(("+491701234567", "Hello"), host.Engine.Messages.Sent.Dequeue());
        host.Says("AT+CMGS=\"+491701234567\"\r", "\r\n> ");
        host.Says("never mind\u001B", "\r\nOK\r\n");
        Assert.Empty(host.Engine.Messages.Sent);
    }

    [Fact]
    public void In_PDU_mode_a_message_is_sent_as_a_SUBMIT_of_the_length_announced()
    {
        var host = Quiet();
        host.Says("AT+CMGS=22\r", "\r\n> ");
        host.Says("0001000B916407281553F800000AE8329BFD4697D9EC37\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        Assert.Equal(("+46708251358", "hellohello"), host.Engine.Messages.Sent.Dequeue());
        host.Says("AT+CMGS=15\r", "\r\n> ");
        host.Says("00410005812143F500080A050003A7020104140430\u001A", "\r\nERROR\r\n"); // 20 octets
        host.Says("AT+CMGS=20\r", "\r\n> ");
        host.Says("00410005812143F500080A050003A7020104140430\u001A", "\r\n+CMGS: 2\r\n\r\nOK\r\n");
        Assert.Equal(("12345", "Да"), host.Engine.Messages.Sent.Dequeue());
        host.Says("AT+CMGS=20\r", "\r\n> ");
        host.Says("not hexadecimal\u001A", "\r\nERROR\r\n");
        Assert.Empty(host.Engine.Messages.Sent);
    }

    [Fact]
    public void In_PDU_mode_a_received_message_is_a_DELIVER_and_a_long_one_several()
    {
        var host = Quiet();
        host.Exchange("AT+CCLK=\"26/11/22,08:00:00-08\"\r");
        host.Engine.Messages.Receive("27838890001", "hellohello");
        host.Hears("\r\n+CMTI: \"SM\",1\r\n");
        const string Pdu = "07919471010000F0040B817238880900F1000062112280000088" + "0AE8329BFD4697D9EC37";
        host.Says("AT+CMGR=1\r", $"\r\n+CMGR: 0,\"\",28\r\n{Pdu}\r\n\r\nOK\r\n");
        host.Says("AT+CMGL=0\r", "\r\nOK\r\n");
        host.Says("AT+CMGL=1\r", $"\r\n+CMGL: 1,1,\"\",28\r\n{Pdu}\r\n\r\nOK\r\n");
        host.Exchange("AT+CMGD=1\r");
        host.Engine.Messages.Receive("+49170", new string('x', 161));
        host.Hears("\r\n+CMTI: \"SM\",1\r\n\r\n+CMTI: \"SM\",2\r\n");
        Assert.Contains("A00500030202" + "01", host.Exchange("AT+CMGR=1\r"), StringComparison.Ordinal);
        Assert.Contains("0F0500030202" + "02", host.Exchange("AT+CMGR=2\r"), StringComparison.Ordinal);
        host.Exchange("AT+CNMI=2,2,0,0,0;+CCLK=\"26/11/22,08:00:00-08\"\r");
        host.Engine.Messages.Receive("INFO", "Да");
        host.Hears("\r\n+CMT: \"\",21\r\n07919471010000F00407D0" + "49A7F109" + "0008" + "62112280000088" + "0404140430\r\n");
    }

    [Fact]
    public void A_received_message_is_announced_listed_read_and_deleted()
    {
        var host = Quiet();
        host.Exchange("AT+CMGF=1;+CCLK=\"26/11/22,08:00:00+04\"\r");
        host.Engine.Messages.Receive("+491701234567", "Hi there");
        host.Hears("\r\n+CMTI: \"SM\",1\r\n");
        var line = "\"+491701234567\",\"\",\"26/11/22,08:00:00+04\"\r\nHi there";
        host.Says("AT+CMGL=\"REC UNREAD\"\r", $"\r\n+CMGL: 1,\"REC UNREAD\",{line}\r\n\r\nOK\r\n");
        host.Says("AT+CMGR=1\r", $"\r\n+CMGR: \"REC READ\",{line}\r\n\r\nOK\r\n");
        host.Says("AT+CPMS?\r", "\r\n+CPMS: \"SM\",1,10,\"SM\",1,10,\"SM\",1,10\r\n\r\nOK\r\n");
        host.Says("AT+CMGD=1\r", "\r\nOK\r\n");
        host.Says("AT+CMGL=\"ALL\"\r", "\r\nOK\r\n");
        host.Says("AT+CNMI=2,2,0,0,0\r", "\r\nOK\r\n");
        host.Engine.Messages.Receive("+491701234567", "At once");
        Assert.Matches("^\r\n\\+CMT: \"\\+491701234567\",\"\",\"26/11/22,08:00:0\\d\\+04\"\r\nAt once\r\n$", host.Wait(1));
    }

    [Theory]
    [InlineData("IRA", 0, "+491701234567", "Hi", "Hi")]
    [InlineData("HEX", 0, "+491701234567", "4869", "Hi")]
    [InlineData("HEX", 8, "+491701234567", "04140430", "Да")]
    [InlineData("UCS2", 0, "002B003400390031", "04140430", "Да")]
    [InlineData("UCS2", 0, "+491701234567", "00480069", "Hi")]
    public void A_sent_text_is_read_in_the_character_set_chosen(string set, int coding, string number, string typed, string text)
    {
        var host = Quiet();
        host.Says($"AT+CMGF=1;+CSCS=\"{set}\";+CSMP=17,167,0,{coding}\r", "\r\nOK\r\n");
        host.Says("AT+CSMP?\r", $"\r\n+CSMP: 17,167,0,{coding}\r\n\r\nOK\r\n");
        host.Says($"AT+CMGS=\"{number}\"\r", "\r\n> ");
        host.Says(typed + "\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        Assert.Equal((number[0] == '+' ? number : "+491", text), host.Engine.Messages.Sent.Dequeue());
    }

    [Fact]
    public void A_text_that_is_not_hexadecimal_where_it_should_be_is_refused()
    {
        var host = Quiet();
        host.Exchange("AT+CMGF=1;+CSCS=\"HEX\";+CMEE=1\r");
        host.Says("AT+CMGS=\"+491\"\r", "\r\n> ");
        host.Says("hello\u001A", "\r\n+CMS ERROR: 305\r\n");
        Assert.Empty(host.Engine.Messages.Sent);
    }

    [Theory]
    [InlineData("GSM", "+491", "Hi")]
    [InlineData("HEX", "+491", "4869")]
    [InlineData("UCS2", "002B003400390031", "00480069")]
    public void A_received_text_is_shown_in_the_character_set_chosen(string set, string number, string text)
    {
        var host = Quiet();
        host.Exchange($"AT+CMGF=1;+CSCS=\"{set}\";+CNMI=2,2,0,0,0;+CCLK=\"26/11/22,08:00:00+04\"\r");
        host.Engine.Messages.Receive("+491", "Hi");
        Assert.Matches($"^\r\n\\+CMT: \"{System.Text.RegularExpressions.Regex.Escape(number)}\",\"\",\"26/11/22,08:00:0\\d\\+04\"\r\n{text}\r\n$", host.Wait(1));
    }

    [Theory]
    [InlineData("GSM", "*100#", "Balance: 12.34 EUR")]
    [InlineData("HEX", "*100#", "42616C616E63653A2031322E333420455552")]
    [InlineData("UCS2", "002A0031003000300023", "00420061006C0061006E00630065003A002000310032002E003300340020004500550052")]
    public void USSD_speaks_the_character_set_chosen(string set, string code, string answer)
    {
        var host = Quiet();
        host.Exchange($"AT+CSCS=\"{set}\"\r");
        host.Says($"AT+CUSD=1,\"{code}\"\r", $"\r\nOK\r\n\r\n+CUSD: 0, \"{answer}\", 15\r\n");
    }

    [Fact]
    public void USSD_answers_later_as_a_URC()
    {
        var host = Quiet(new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600) });
        host.Says("AT+CUSD=1,\"*100#\"\r", "\r\nOK\r\n\r\n+CUSD: 0, \"Balance: 12.34 EUR\", 15\r\n");
        host.Says("AT+CUSD=1,\"*999#\"\r", "\r\nOK\r\n\r\n+CUSD: 4\r\n");
    }
}
