using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Lte;

/// <summary>The SIM7000: a SIM800 with eight links, on another network.</summary>
public sealed class Sim7000Tests
{
    private static readonly VirtualModemOptions Options = new() { Model = VirtualModemModel.Sim7000G };

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
