using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class ServerCommandTests
{
    [Fact]
    public void Several_links_show_the_server_above_them()
    {
        var host = EngineHost.Connectable();
        host.Says("AT+CIPSERVER?\r", "\r\n+CIPSERVER: 0\r\n\r\nOK\r\n");
        host.Says("AT+CIPSERVER=1,8888\r", "\r\nOK\r\n\r\nSERVER OK\r\n");
        host.Says("AT+CIPSERVER?\r", "\r\n+CIPSERVER: 1,8888,0,0\r\n\r\nOK\r\n");
        Assert.StartsWith(
            "\r\nOK\r\n\r\nSTATE: IP STATUS\r\n\r\nS: 0,0,\"8888\",\"LISTENING\"\r\nC: 0,,\"\",\"\",\"\",\"INITIAL\"\r\n",
            host.Exchange("AT+CIPSTATUS\r"),
            StringComparison.Ordinal);
        host.Says("AT+CIPSERVER=1,8888\r", "\r\nERROR\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        host.Says("AT+CIPSERVER=0\r", "\r\nOK\r\n\r\nSERVER CLOSE\r\n");
        host.Says("AT+CIPSERVER=0\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_single_link_listens_instead_of_connecting()
    {
        var host = new EngineHost();
        host.Exchange("ATE0\r");
        host.Says("AT+CIPSERVER=1,8888\r", "\r\nOK\r\n\r\nSERVER OK\r\n");
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: SERVER LISTENING\r\n");
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",80\r", "\r\nERROR\r\n");
        host.Says("AT+CIPCLOSE\r", "\r\nCLOSE OK\r\n");
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: IP STATUS\r\n");
        host.Exchange("AT+CIPSERVER=1,8888\r");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        host.Says("AT+CIPSERVER?\r", "\r\n+CIPSERVER: 0\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CIPSERVER=1\r")]
    [InlineData("AT+CIPSERVER=1,0\r")]
    [InlineData("AT+CIPSERVER=2,80\r")]
    [InlineData("AT+CIPSERVER=0,80\r")]
    public void A_malformed_server_is_an_error(string command) => EngineHost.Connectable().Says(command, "\r\nERROR\r\n");
}
