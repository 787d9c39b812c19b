using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Driver;

/// <summary>
/// What Adafruit's FONA library sends, in its order, and how it reads the answers: one line at a time, held against a text, or cut at
/// commas without regard to quotes.
/// </summary>
public sealed class FonaTests
{
    [Fact]
    public void It_begins()
    {
        var host = new EngineHost();
        host.Says("AT\r\n", "AT\r\r\nOK\r\n");
        host.Exchange("ATE0\r\n");
        foreach (var line in new[] { "ATE0", "AT+CVHU=0" })
        {
            host.Says(line + "\r\n", "\r\nOK\r\n");
        }

        Assert.StartsWith("\r\nSIM800 R", host.Exchange("ATI\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("\r\nSIMCOM_SIM800", host.Exchange("AT+GMM\r\n"), StringComparison.Ordinal);
        host.Says("AT+CPMS=\"SM\",\"SM\",\"SM\"\r\n", "\r\n+CPMS: 0,10,0,10,0,10\r\n\r\nOK\r\n");
    }

    [Fact]
    public void It_counts_reads_and_deletes_messages_and_finds_length_and_sender()
    {
        var host = Begun();
        host.Engine.Messages.Receive("+12125551234", "Hello, FONA");
        host.Hears("\r\n+CMTI: \"SM\",1\r\n");
        host.Says("AT+CFGRI=1\r\n", "\r\nOK\r\n");
        host.Says("AT+CFGRI?\r\n", "\r\n+CFGRI: 1\r\n\r\nOK\r\n");
        host.Says("AT+CMGF=1\r\n", "\r\nOK\r\n");
        Assert.StartsWith("\r\n+CPMS: \"SM\",1,", host.Exchange("AT+CPMS?\r\n"), StringComparison.Ordinal);
        host.Says("AT+CSDH=1\r\n", "\r\nOK\r\n");
        var lines = host.Exchange("AT+CMGR=1\r\n").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var fields = lines[0]["+CMGR:".Length..].Split(',');
        Assert.Equal("11", fields[11]);
        Assert.Equal("\"+12125551234\"", fields[1]);
        Assert.Equal(["Hello, FONA", "OK"], lines[1..]);
        host.Says("AT+CMGD=001\r\n", "\r\nOK\r\n");
        Assert.StartsWith("\r\n+CPMS: \"SM\",0,", host.Exchange("AT+CPMS?\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_sends_a_message_and_a_code()
    {
        var host = Begun();
        host.Says("AT+CMGF=1\r\n", "\r\nOK\r\n");
        host.Says("AT+CMGS=\"+12125551234\"\r\n", "\r\n> ");
        host.Says("Hi\r\n\u001A", "\r\n+CMGS: 1\r\n\r\nOK\r\n");
        host.Says("AT+CUSD=1\r\n", "\r\nOK\r\n");
        host.Says("AT+CUSD=1,\"*100#\"\r\n", "\r\nOK\r\n\r\n+CUSD: 0, \"Balance: 12.34 EUR\", 15\r\n");
    }

    [Fact]
    public void It_calls_and_is_called()
    {
        var host = Begun();
        host.Says("ATD2125551234;\r\n", "\r\nOK\r\n");
        host.Says("AT+CPAS\r\n", "\r\n+CPAS: 4\r\n\r\nOK\r\n");
        host.Says("ATH0\r\n", "\r\nOK\r\n");
        host.Says("AT+CLIP=1\r\n", "\r\nOK\r\n");
        host.Engine.Calls.Ring("2125551234", 2);
        host.Hears("\r\nRING\r\n\r\n+CLIP: \"2125551234\",129,\"\",0,\"\",0\r\n");
        host.Says("AT+CPAS\r\n", "\r\n+CPAS: 3\r\n\r\nOK\r\n");
        host.Says("ATA\r\n", "\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CADC?", "\r\n+CADC: 1,0\r\n\r\nOK\r\n")]
    [InlineData("AT+CBC", "\r\n+CBC: 0,76,4012\r\n\r\nOK\r\n")]
    [InlineData("AT+CHFA=1", "\r\nOK\r\n")]
    [InlineData("AT+CLVL=50;+CLVL?", "\r\n+CLVL: 50\r\n\r\nOK\r\n")]
    [InlineData("AT+CMIC=0,12", "\r\nOK\r\n")]
    [InlineData("AT+CLDTMF=3,\"5\"", "\r\nOK\r\n")]
    [InlineData("AT+SPWM=0,2000,50", "\r\nOK\r\n")]
    [InlineData("AT+STTONE=1,20,500", "\r\nOK\r\n\r\n+STTONE: 0\r\n")]
    [InlineData("AT+CLTS=1", "\r\nOK\r\n")]
    [InlineData("AT+CNTPCID=0", "\r\nERROR\r\n")]
    [InlineData("AT+CNETLIGHT=0;+CNETLIGHT?", "\r\n+CNETLIGHT: 0\r\n\r\nOK\r\n")]
    public void Its_small_questions_are_answered(string line, string answer) => Begun().Says(line + "\r\n", answer);

    private static EngineHost Begun()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r\n");
        host.Exchange("AT+CPMS=\"SM\",\"SM\",\"SM\"\r\n");
        return host;
    }
}
