using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Lte;

/// <summary>The SIM7000: a SIM800 with eight links, on another network.</summary>
public sealed class Sim7000Tests
{
    private static readonly VirtualModemOptions Options = new() { Model = VirtualModemModel.Sim7000G };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_conversations_of_the_reference_play_byte_for_byte(bool isByByte)
    {
        var host = new EngineHost(Options) { IsByByte = isByByte };
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
        host.Says("AT+CNMP=38\r", "\r\nOK\r\n");
        host.Says("AT+CMNB=3\r", "\r\nOK\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+CGDCONT=1,\"IP\",\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        host.Says("AT+CIPMUX=1\r", "\r\nOK\r\n");
        host.Says("AT+CIPQSEND=1\r", "\r\nOK\r\n");
        host.Says("AT+CIPRXGET=1\r", "\r\nOK\r\n");
        host.Says("AT+CSTT=\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\nOK\r\n");
        host.Says("AT+CIFSR\r", "\r\n10.0.109.44\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"broker.example.org\",1883\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        host.Says("AT+CIPSEND=0,27\r", "\r\n> ");
        host.Says("012345678901234567890123456", "\r\nDATA ACCEPT:0,27\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+CIPACK: 27,27,0\r\n\r\nOK\r\n");
        host.PeerSends("world!");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,6\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,4\r", "\r\n+CIPRXGET: 2,0,4,2\r\nworl\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,2,0\r\nd!\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n");
        host.PeerCloses();
        host.Hears("\r\n0, CLOSED\r\n", 4);
        host.Says("AT+CIPSTART=7,\"TCP\",\"198.51.100.7\",81\r", "\r\nOK\r\n\r\n7, CONNECT FAIL\r\n");
        host.Says("AT+CIPSTART=7,\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\n7, CONNECT OK\r\n");
        host.Says("AT+CIPCLOSE=7\r", "\r\n7, CLOSE OK\r\n");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        Assert.Equal("012345678901234567890123456"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void Its_boot_has_no_word_of_calls()
    {
        var host = new EngineHost(Options with { StartsAtPowerOn = true });
        var said = host.Wait(20);
        Assert.EndsWith("\r\nRDY\r\n\r\n+CFUN: 1\r\n\r\n+CPIN: READY\r\n\r\nSMS Ready\r\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_context_and_the_networks_time_come_as_with_a_SIM800()
    {
        var host = EngineHost.Connected(Options);
        host.StrikesAndHears("pdp-deact", "\r\n+PDP: DEACT\r\n");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        host.Strike("network-time-in-answer");
        Assert.Contains("*PSUTTZ: ", host.Exchange("AT+CGACT?\r"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_eight_links()
    {
        var host = EngineHost.Connectable(Options);
        host.Says("AT+CIPSTART=7,\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\n7, CONNECT OK\r\n");
        host.Says("AT+CIPSTART=8,\"TCP\",\"198.51.100.7\",1883\r", "\r\nERROR\r\n");
        host.Says(
            "AT+CIPSTATUS\r",
            "\r\nOK\r\n\r\nSTATE: IP PROCESSING\r\n\r\n"
            + string.Concat(Enumerable.Range(0, 7).Select(number => $"C: {number},,\"\",\"\",\"\",\"INITIAL\"\r\n"))
            + "C: 7,0,\"TCP\",\"198.51.100.7\",\"1883\",\"CONNECTED\"\r\n");
        host.Says("AT+CIPSEND=7,5\r", "\r\n> ");
        host.Says("hello", "\r\nDATA ACCEPT:7,5\r\n");
        host.PeerSends("world");
        host.Hears("\r\n+CIPRXGET: 1,7\r\n");
        host.Says("AT+CIPRXGET=2,7,1460\r", "\r\n+CIPRXGET: 2,7,5,0\r\nworld\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,7,1460\r", "\r\n+CIPRXGET: 2,7,0,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPSTART=?\r", "\r\n+CIPSTART: (0-7),(\"TCP\",\"UDP\"),(\"(0-255).(0-255).(0-255).(0-255)\"),(1-65535)\r\n+CIPSTART: (0-7),(\"TCP\",\"UDP\"),(\"DOMAIN NAME\"),(1-65535)\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Its_registration_is_that_of_LTE()
    {
        var host = new EngineHost(Options);
        host.Exchange("ATE0\r");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+CGREG?\r", "\r\n+CGREG: 0,4\r\n\r\nOK\r\n");
        host.Says("AT+CNMP=38;+CMNB=1\r", "\r\nOK\r\n");
        host.Says("AT+CNMP?\r", "\r\n+CNMP: 38\r\n\r\nOK\r\n");
        host.Says("AT+CNMP=3\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void It_names_itself_and_its_end()
    {
        var host = new EngineHost(Options);
        host.Exchange("ATE0\r");
        host.Says("AT+CGMM\r", "\r\nSIMCOM_SIM7000G\r\n\r\nOK\r\n");
        host.Says("AT+CPOWD=1\r", "\r\nNORMAL POWER DOWN\r\n");
        host = new EngineHost(Options with { SignalStrength = 15 });
        host.StrikesAndHears("power-down", "\r\nUNDER-VOLTAGE POWER DOWN\r\n");
    }

    [Fact]
    public void A_name_and_a_firmware_may_be_given()
    {
        var host = new EngineHost(Options with { ModelName = "SIMCOM_SIM7000E", Firmware = "Revision:1351B04SIM7000E" });
        host.Exchange("ATE0\r");
        host.Says("AT+CGMM;+CGMR\r", "\r\nSIMCOM_SIM7000E\r\n\r\nRevision:1351B04SIM7000E\r\n\r\nOK\r\n");
    }
}
