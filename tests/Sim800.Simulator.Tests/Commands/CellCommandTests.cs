using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class CellCommandTests
{
    private static EngineHost Quiet()
    {
        var host = new EngineHost();
        host.Exchange("ATE0;+CMEE=2\r");
        return host;
    }

    [Fact]
    public void The_band_is_kept_over_a_reset_and_an_unknown_one_refused()
    {
        var host = Quiet();
        host.Says("AT+CBAND?\r", "\r\n+CBAND: EGSM_MODE,ALL_BAND\r\n\r\nOK\r\n");
        host.Says("AT+CBAND=\"EGSM_DCS_MODE\"\r", "\r\nOK\r\n");
        host.Says("AT+CBAND=\"LTE_MODE\"\r", "\r\n+CME ERROR: operation not allowed\r\n");
        host.Exchange("AT+CFUN=1,1\r", 10);
        host.Says("ATE0;+CBAND?\r", "ATE0;+CBAND?\r\r\n+CBAND: EGSM_DCS_MODE\r\n\r\nOK\r\n");
        host.Says("AT+CBAND=ALL_BAND;+CBAND?\r", "\r\n+CBAND: EGSM_MODE,ALL_BAND\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("0", "\r\n+CENG: 0,0\r\n")]
    [InlineData("1", "\r\n+CENG: 1,0\r\n\r\n+CENG: 0,\"0013,42,00,262,01,33,61d9,05,05,2f4a,255\"\r\n")]
    [InlineData("1,1", "\r\n+CENG: 1,1\r\n\r\n+CENG: 0,\"0013,42,00,262,01,33,61d9,05,05,2f4a,255\"\r\n+CENG: 1,\"0082,34,49,61da,262,01,2f4a\"\r\n+CENG: 2,\"0570,27,23,61dc,262,01,2f4a\"\r\n")]
    [InlineData("3", "\r\n+CENG: 3,0\r\n\r\n+CENG: 0,\"262,01,2f4a,61d9,33,42\"\r\n+CENG: 1,\"262,01,2f4a,61da,49,34\"\r\n+CENG: 2,\"262,01,2f4a,61dc,23,27\"\r\n")]
    [InlineData("4,1", "\r\n+CENG: 4,1\r\n\r\n+CENG: 0,\"0013,42,00,262,01,33,61d9,05,05,2f4a,255,71,30,30,x,x,x,x,x,x,x\"\r\n+CENG: 1,\"0082,34,49,61da,262,01,2f4a,20,20\"\r\n+CENG: 2,\"0570,27,23,61dc,262,01,2f4a,20,20\"\r\n")]
    public void Engineering_mode_shows_the_cells_in_its_five_ways(string mode, string cells)
    {
        var host = Quiet();
        host.Says($"AT+CENG={mode}\r", "\r\nOK\r\n");
        host.Says("AT+CENG?\r", cells + "\r\nOK\r\n");
    }

    [Fact]
    public void Mode_two_reports_at_once_and_without_a_network_there_are_no_cells()
    {
        var host = Quiet();
        host.Says("AT+CENG=2\r", "\r\nOK\r\n\r\n+CENG: 0,\"0013,42,00,262,01,33,61d9,05,05,2f4a,255\"\r\n");
        host.Exchange("AT+COPS=2\r");
        host.Says("AT+CENG?\r", "\r\n+CENG: 2,0\r\n\r\nOK\r\n");
        host.Says("AT+CENG=5\r", "\r\nERROR\r\n");
    }
}
