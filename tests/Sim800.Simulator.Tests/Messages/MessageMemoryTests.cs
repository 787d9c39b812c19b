using Sim800.Simulator.Messages;
using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Messages;

public sealed class MessageMemoryTests
{
    private static EngineHost Quiet(string settings = "AT+CMGF=1")
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Exchange(settings + ";+CCLK=\"26/11/22,08:00:00+04\"\r");
        return host;
    }

    [Fact]
    public void A_message_that_is_kept_in_the_modem_says_so_whatever_memory_is_read_from()
    {
        var host = Quiet();
        host.StrikesAndHears("message-in-phone", "\r\n+CMTI: \"ME\",1\r\n");
        host.Says("AT+CMGR=1\r", "\r\nOK\r\n");
        host.Says("AT+CPMS=\"ME\"\r", "\r\n+CPMS: 1,50,0,10,0,10\r\n\r\nOK\r\n");
        Assert.StartsWith("\r\n+CMGR: \"REC UNREAD\",\"+491701234567\",\"\",\"26/11/22,08:00:0", host.Exchange("AT+CMGR=1\r"), StringComparison.Ordinal);
        host.Says("AT+CPMS=\"MT\",\"MT\",\"MT\"\r", "\r\n+CPMS: 1,60,1,60,1,60\r\n\r\nOK\r\n");
        Assert.StartsWith("\r\n+CMGL: 11,\"REC READ\"", host.Exchange("AT+CMGL=\"ALL\"\r"), StringComparison.Ordinal);
        host.Engine.Messages.Receive("+491", "x");
        host.Hears("\r\n+CMTI: \"MT\",1\r\n");
        host.Says("AT+CPMS=\"XX\"\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_full_card_overflows_into_the_modem_only_when_it_is_merely_preferred()
    {
        var host = Quiet();
        for (var i = 0; i < 11; i++)
        {
            host.Engine.Messages.Receive("+491", "x");
        }

        Assert.EndsWith("+CMTI: \"SM\",10\r\n", host.Wait(1), StringComparison.Ordinal);
        host.Exchange("AT+CPMS=\"SM_P\",\"SM_P\",\"SM_P\"\r");
        host.Engine.Messages.Receive("+491", "x");
        host.Hears("\r\n+CMTI: \"ME\",1\r\n");
    }

    [Fact]
    public void Details_are_shown_when_asked_for()
    {
        var host = Quiet("AT+CMGF=1;+CSDH=1;+CSDH?");
        host.Engine.Messages.Receive("+491701234567", "Hi there");
        host.Wait(0);
        Assert.Matches(
            "^\r\n\\+CMTI: \"SM\",1\r\n\r\n\\+CMGL: 1,\"REC UNREAD\",\"\\+491701234567\",\"\",\"26/11/22,08:00:0\\d\\+04\",145,8\r\nHi there\r\n\r\nOK\r\n$",
            host.Exchange("AT+CMGL\r"));
        Assert.Matches(
            "^\r\n\\+CMGR: \"REC READ\",\"\\+491701234567\",\"\",\"26/11/22,08:00:0\\d\\+04\",145,4,0,0,\"\\+49171000000\",145,8\r\nHi there\r\n\r\nOK\r\n$",
            host.Exchange("AT+CMGR=1,1\r"));
        host.Exchange("AT+CNMI=2,2\r");
        host.Engine.Messages.Receive("INFO", "x");
        Assert.Matches("^\r\n\\+CMT: \"INFO\",\"\",\"26/11/22,08:00:0\\d\\+04\",208,4,0,0,\"\\+49171000000\",145,1\r\nx\r\n$", host.Wait(1));
    }

    [Fact]
    public void A_message_is_written_listed_sent_and_keeps_its_place()
    {
        var host = Quiet("AT+CMGF=1;+CSMP=49,167,0,0;+CNMI=2,1,0,1");
        host.Says("AT+CMGW=\"+491701234567\"\r", "\r\n> ");
        host.Says("Later\u001A", "\r\n+CMGW: 1\r\n\r\nOK\r\n");
        host.Says("AT+CMGL=\"STO UNSENT\"\r", "\r\n+CMGL: 1,\"STO UNSENT\",\"+491701234567\",\"\"\r\nLater\r\n\r\nOK\r\n");
        host.Says("AT+CMSS=1\r", "\r\n+CMSS: 1\r\n\r\nOK\r\n");
        Assert.Equal(("+491701234567", "Later"), host.Engine.Messages.Sent.Dequeue());
        Assert.Matches("^\r\n\\+CDS: 6,1,\"\\+491701234567\",145,\"26/11/22,08:00:\\d\\d\\+04\",\"26/11/22,08:00:\\d\\d\\+04\",0\r\n$", host.Wait(3));
        host.Says("AT+CMSS=1,\"+4930\"\r", "\r\n+CMSS: 2\r\n\r\nOK\r\n");
        Assert.Equal(("+4930", "Later"), host.Engine.Messages.Sent.Dequeue());
        host.Says("AT+CSDH=1;+CMGR=1\r", "\r\n+CMGR: \"STO SENT\",\"+491701234567\",\"\",145,49,0,0,167,\"+491710760000\",145,5\r\nLater\r\n\r\nOK\r\n");
        host.Exchange("AT+CMEE=1\r");
        host.Says("AT+CMSS=2\r", "\r\n+CMS ERROR: 321\r\n");
        host.Says("AT+CMGF=0;+CMGR=1\r", "\r\n+CMGR: 3,\"\",19\r\n00310" + "00C919471103254760000A705CC30BD2C07\r\n\r\nOK\r\n");
    }

    [Fact]
    public void In_PDU_mode_what_is_written_comes_back_as_it_was()
    {
        var host = Quiet("AT+CMGF=0");
        const string Turkish = "07911326040000F0440C919471000000100000425010010000800A0325010148020F0B06";
        host.Says($"AT+CMGW={(Turkish.Length / 2) - 8},1\r", "\r\n> ");
        host.Says(Turkish + "\u001A", "\r\n+CMGW: 1\r\n\r\nOK\r\n");
        host.Says("AT+CMGR=1\r", $"\r\n+CMGR: 1,\"\",{(Turkish.Length / 2) - 8}\r\n{Turkish}\r\n\r\nOK\r\n");
        host.Says("AT+CMGW=5\r", "\r\n> ");
        host.Says("0011\u001A", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_message_with_a_national_language_passes_as_it_came()
    {
        var host = Quiet("AT+CMGF=0");
        const string Turkish = "07911326040000F0440C919471000000100000425010010000800A0325010148020F0B06";
        host.Engine.Messages.Receive(Tpdu.Parse(Turkish)!);
        host.Hears("\r\n+CMTI: \"SM\",1\r\n");
        host.Says("AT+CMGL=0\r", $"\r\n+CMGL: 1,0,\"\",{(Turkish.Length / 2) - 8}\r\n{Turkish}\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CMGD=1,1", "3,4,5")]
    [InlineData("AT+CMGD=1,2", "3,4")]
    [InlineData("AT+CMGD=0,3", "3")]
    [InlineData("AT+CMGD=0,4", "")]
    [InlineData("AT+CMGD=4", "1,2,3,5")]
    [InlineData("AT+CMGDA=\"DEL READ\"", "3,4,5")]
    [InlineData("AT+CMGDA=\"DEL UNREAD\"", "1,2,4,5")]
    [InlineData("AT+CMGDA=\"DEL SENT\"", "1,2,3,4")]
    [InlineData("AT+CMGDA=\"DEL UNSENT\"", "1,2,3,5")]
    [InlineData("AT+CMGDA=\"DEL INBOX\"", "4,5")]
    [InlineData("AT+CMGDA=\"DEL ALL\"", "")]
    [InlineData("AT+CMGF=0;+CMGDA=5", "4,5")]
    public void What_is_deleted_is_what_the_flag_says(string command, string left)
    {
        var host = Quiet();
        host.Engine.Messages.Receive("+491", "a");
        host.Engine.Messages.Receive("+491", "b");
        host.Exchange("AT+CMGL=\"ALL\"\r");
        host.Engine.Messages.Receive("+491", "c");
        foreach (var status in new[] { "STO UNSENT", "STO SENT" })
        {
            host.Exchange($"AT+CMGW=\"+491\",145,\"{status}\"\r");
            host.Exchange("x\u001A");
        }

        host.Says("AT+CMGD=?\r", "\r\n+CMGD: (1,2,3,4,5),(0-4)\r\n\r\nOK\r\n");
        host.Says(command + "\r", "\r\nOK\r\n");
        host.Says("AT+CMGD=?\r", $"\r\n+CMGD: ({left}),(0-4)\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Reports_come_as_they_were_ordered_and_only_when_the_message_asks()
    {
        var host = Quiet("AT+CMGF=0;+CNMI=2,1,0,1");
        host.Exchange("AT+CMGS=22\r");
        host.Exchange("0001000B916407281553F800000AE8329BFD4697D9EC37\u001A");
        host.Hears("", 5);
        host.Exchange("AT+CMGS=22\r");
        host.Exchange("0021000B916407281553F800000AE8329BFD4697D9EC37\u001A");
        Assert.Matches("^\r\n\\+CDS: 25\r\n07919471010000F006020B916407281553F8[0-9]{28}00\r\n$", host.Wait(5));
        host.Exchange("AT+CNMI=2,1,0,0\r");
        host.Exchange("AT+CMGS=22\r");
        host.Exchange("0021000B916407281553F800000AE8329BFD4697D9EC37\u001A");
        host.Hears("", 5);
    }

    [Fact]
    public void Indications_that_were_withheld_are_told_later_or_cleared()
    {
        var host = Quiet("AT+CNMI=0,1");
        host.Engine.Messages.Receive("+491", "a");
        host.Hears("");
        host.Says("AT+CNMI=2,1\r", "\r\nOK\r\n\r\n+CMTI: \"SM\",1\r\n");
        host.Exchange("AT+CNMI=0,1\r");
        host.Engine.Messages.Receive("+491", "b");
        host.Says("AT+CNMI=2,1,0,0,1\r", "\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CNMI=4")]
    [InlineData("AT+CNMI=2,1,1")]
    [InlineData("AT+CNMI=2,1,0,3")]
    [InlineData("AT+CNMI=2,1,0,0,2")]
    [InlineData("AT+CSDH=2")]
    [InlineData("AT+CMGL=\"NONSENSE\"")]
    [InlineData("AT+CMGR=11")]
    [InlineData("AT+CMGD=11")]
    [InlineData("AT+CMGDA=\"DEL\"")]
    [InlineData("AT+CSCA=\"abc\"")]
    [InlineData("AT+CSCS=\"UTF8\"")]
    public void What_is_out_of_range_is_refused(string command) => Quiet().Says(command + "\r", "\r\nERROR\r\n");

    [Theory]
    [InlineData("GSM", "A@B$Ä€", "A\0B\u0002[\u001Be")]
    [InlineData("IRA", "A@B$Ä€", "A@B$??")]
    [InlineData("8859-1", "A@B$Ä€", "A@B$Ä?")]
    [InlineData("HEX", "A@B$Ä€", "410042025B1B65")]
    [InlineData("UCS2", "A@B$Ä€", "004100400042002400C420AC")]
    [InlineData("IRA", "Да", "04140430")]
    [InlineData("GSM", "Да", "04140430")]
    [InlineData("UCS2", "Да", "04140430")]
    public void A_received_text_stands_on_the_line_as_the_character_set_has_it(string set, string text, string shown)
    {
        var host = Quiet($"AT+CMGF=1;+CSCS=\"{set}\"");
        host.Engine.Messages.Receive("+491", text);
        host.Wait(1);
        Assert.EndsWith($"\r\n{shown}\r\n\r\nOK\r\n", host.Exchange("AT+CMGR=1\r"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GSM", "A\0\u0002[", "A@$Ä")]
    [InlineData("HEX", "4100025B", "A@$Ä")]
    [InlineData("8859-1", "A@$Ä", "A@$Ä")]
    public void A_sent_text_is_read_as_the_character_set_has_it(string set, string typed, string text)
    {
        var host = Quiet($"AT+CMGF=1;+CSCS=\"{set}\"");
        host.Exchange("AT+CMGS=\"+491\"\r");
        host.Says(typed + "\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        Assert.Equal(text, host.Engine.Messages.Sent.Dequeue().Text);
    }

    [Theory]
    [InlineData("UCS2", 0, "005600690072007400750061006C002000470053004D")]
    [InlineData("HEX", 0, "5669727475616C2047534D")]
    [InlineData("IRA", 0, "Virtual GSM")]
    [InlineData("UCS2", 2, "26201")]
    [InlineData("IRA", 1, "VGSM")]
    public void The_operators_name_is_shown_in_format_and_character_set(string set, int format, string name)
    {
        var host = Quiet($"AT+CSCS=\"{set}\";+COPS=3,{format}");
        host.Says("AT+COPS?\r", $"\r\n+COPS: 0,{format},\"{name}\"\r\n\r\nOK\r\n");
    }
}
