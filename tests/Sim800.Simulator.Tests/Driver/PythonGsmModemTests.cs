using System.Text.RegularExpressions;
using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Driver;

/// <summary>
/// What python-gsmmodem sends, in its order, and how it reads the answers: by whole lines, each held against one pattern.
/// </summary>
public sealed class PythonGsmModemTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void It_connects_chooses_the_memory_it_prefers_and_asks_for_reports()
    {
        var host = new EngineHost();
        host.Exchange("ATZ\r");
        host.Exchange("ATE0\r");
        Assert.Equal("1", Field(host, "AT+CFUN?", @"^\+CFUN:(.+)$").Trim());
        host.Says("AT+CMEE=1\r", "\r\nOK\r\n");
        Assert.Equal("READY", Field(host, "AT+CPIN?", @"^\+CPIN: (.+)$"));

        var commands = Lines(host, "AT+CLAC");
        Assert.Contains("+VTS", commands);
        Assert.DoesNotContain("+WIND", commands);
        host.Says("AT+ZPAS?\r", "\r\nERROR\r\n");

        host.Says("AT+COPS=3,0\r", "\r\nOK\r\n");
        host.Says("AT+CMGF=0\r", "\r\nOK\r\n");
        var centre = Field(host, "AT+CSCA?", @"^\+CSCA:\s*""([^,]+)"",(\d+)$");
        host.Says("AT+CSMP=49,167,0,0\r", "\r\nOK\r\n");
        Assert.Equal(centre, Field(host, "AT+CSCA?", @"^\+CSCA:\s*""([^,]+)"",(\d+)$"));

        var supported = Lines(host, "AT+CPMS=?")[0].Split(' ', 2)[1].Split("),(");
        Assert.Equal(3, supported.Length);
        Assert.All(supported, list => Assert.Contains("\"ME\"", list, StringComparison.Ordinal));
        host.Says("AT+CPMS=\"ME\",\"ME\",\"ME\"\r", "\r\n+CPMS: 0,50,0,50,0,50\r\n\r\nOK\r\n");
        foreach (var last in new[] { "AT+CNMI=2,1,0,2", "AT+CLIP=1", "AT+CRC=1", "AT+CVHU=0" })
        {
            host.Says(last + "\r", "\r\nOK\r\n");
        }
    }

    [Fact]
    public void A_call_comes_as_its_kind_and_its_number_together()
    {
        var host = Connected();
        host.Engine.Calls.Ring("+27820001111", 3);
        var heard = host.Wait(2);
        Assert.Equal("\r\n+CRING: VOICE\r\n\r\n+CLIP: \"+27820001111\",145,\"\",0,\"\",0\r\n", heard);
        Assert.Matches(@"^\+CLIP:\s*""(\+{0,1}\d+)"",(\d+).*$", heard.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1]);
        host.Says("ATA\r", "\r\nOK\r\n");
        host.Says("AT+VTS=5\r", "\r\nOK\r\n");
        host.Says("ATH\r", "\r\nOK\r\n");
        host.Hears("", 10);
        host.Says("AT+VTS=5\r", "\r\n+CME ERROR: 3\r\n");
    }

    [Fact]
    public void A_message_is_announced_in_the_memory_chosen_read_and_deleted()
    {
        var host = Connected();
        host.Engine.Messages.Receive("+27820001111", "hellohello");
        var announced = Regex.Match(host.Wait(1), @"\+CMTI:\s*""(?<memory>[^""]+)"",(?<index>\d+)\r\n$", RegexOptions.ExplicitCapture, Patience);
        Assert.Equal(("ME", "1"), (announced.Groups["memory"].Value, announced.Groups["index"].Value));
        host.Says("AT+CPMS=\"ME\"\r", "\r\n+CPMS: 1,50,1,50,1,50\r\n\r\nOK\r\n");
        var read = Lines(host, "AT+CMGR=1");
        Assert.Matches(@"^\+CMGR: (\d*),""{0,1}([^""]*)""{0,1},(\d+)$", read[0]);
        Assert.EndsWith("0AE8329BFD4697D9EC37", read[1], StringComparison.Ordinal);
        host.Says("AT+CMGD=1,0\r", "\r\nOK\r\n");
        host.Says("AT+CMGL=4\r", "\r\nOK\r\n");
    }

    [Fact]
    public void A_report_that_was_asked_for_is_stored_announced_and_read_as_a_status_report()
    {
        var host = Connected();
        host.Exchange("AT+CCLK=\"26/11/22,08:00:00+04\"\r");
        host.Says("AT+CMGS=23\r", "\r\n> ");
        host.Says("0031000B916407281553F80000AA0AE8329BFD4697D9EC37\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        host.Hears("\r\n+CDSI: \"ME\",1\r\n", 5);
        var read = Lines(host, "AT+CMGR=1");
        Assert.Equal("+CMGR: 0,\"\",25", read[0]);
        Assert.Matches("^07919471010000F0" + "0601" + "0B916407281553F8" + "6211228000[0-9]{2}40" + "6211228000[0-9]{2}40" + "00$", read[1]);
        host.Says("AT+CMGD=1,0\r", "\r\nOK\r\n");
    }

    [Fact]
    public void In_text_mode_a_report_has_the_fields_it_looks_for()
    {
        var host = Connected();
        host.Exchange("AT+CMGF=1\r");
        host.Says("AT+CMGS=\"+46708251358\"\r", "\r\n> ");
        host.Says("hello\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        host.Hears("\r\n+CDSI: \"ME\",1\r\n", 5);
        Assert.Matches(
            @"^\+CMGR: ([^,]*),\d+,(\d+),""{0,1}([^""]*)""{0,1},\d*,""([^""]+)"",""([^""]+)"",(\d+)$",
            Lines(host, "AT+CMGR=1")[0]);
        host.Engine.Messages.Receive("+27820001111", "Hi");
        host.Wait(1);
        Assert.Matches(@"^\+CMGL: (\d+),""([^""]+)"",""([^""]+)"",[^,]*,""([^""]+)""$", Lines(host, "AT+CMGL=\"REC UNREAD\"")[0]);
    }

    [Fact]
    public void Its_questions_about_modem_card_and_network_are_answered()
    {
        var host = Connected();
        foreach (var name in new[] { "+CGMI", "+CGMM", "+CGMR", "+CGSN", "+CIMI" })
        {
            Assert.Equal(2, Lines(host, "AT" + name).Length);
        }

        Assert.Equal("21", Field(host, "AT+CSQ", @"^\+CSQ:\s*(\d+),"));
        Assert.Equal("0", Field(host, "AT+CREG?", @"^\+CREG:\s*(\d),(\d)$"));
        Assert.Equal("0", Field(host, "AT+COPS?", @"^\+COPS: (\d),(\d),""(.+)"",{0,1}\d*$"));
        host.Says("AT+CPBS?\r", "\r\n+CPBS: \"SM\",0,250\r\n\r\nOK\r\n");
        host.Says("AT+CPBS=\"ON\";+CPBR=1\r", "\r\nOK\r\n");
        host.Says("AT+CNUM\r", "\r\nOK\r\n");
    }

    private static EngineHost Connected()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        foreach (var line in new[] { "AT+CMEE=1", "AT+CMGF=0", "AT+CSMP=49,167,0,0", "AT+CPMS=\"ME\",\"ME\",\"ME\"", "AT+CNMI=2,1,0,2", "AT+CLIP=1", "AT+CRC=1" })
        {
            Assert.EndsWith("\r\nOK\r\n", host.Exchange(line + "\r"), StringComparison.Ordinal);
        }

        return host;
    }

    private static string[] Lines(EngineHost host, string command) => host.Exchange(command + "\r").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Field(EngineHost host, string command, string pattern)
    {
        var match = Lines(host, command).Select(line => Regex.Match(line, pattern, RegexOptions.None, Patience)).FirstOrDefault(match => match.Success);
        Assert.NotNull(match);
        return match.Groups[1].Value;
    }
}
