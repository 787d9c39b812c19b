using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Commands;

public sealed class PdpCommandTests
{
    private static EngineHost Quiet(VirtualModemOptions? options = null)
    {
        var host = new EngineHost(options);
        host.Exchange("ATE0;+CMEE=1\r");
        return host;
    }

    [Fact]
    public void A_definition_is_kept_over_a_reset_until_its_number_alone_takes_it_away()
    {
        var host = Quiet();
        host.Says("AT+CGDCONT?\r", "\r\n+CGDCONT: 1,\"IP\",\"CMNET\",\"0.0.0.0\",0,0\r\n\r\nOK\r\n");
        host.Says("AT+CGDCONT=1,\"IP\",\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+CGDCONT=3,\"IP\",\"other\"\r", "\r\nOK\r\n");
        host.Exchange("AT+CFUN=1,1\r", 10);
        host.Exchange("ATE0\r");
        host.Says("AT+CGDCONT?\r", "\r\n+CGDCONT: 1,\"IP\",\"internet\",\"0.0.0.0\",0,0\r\n+CGDCONT: 3,\"IP\",\"other\",\"0.0.0.0\",0,0\r\n\r\nOK\r\n");
        host.Says("AT+CGDCONT=3\r", "\r\nOK\r\n");
        host.Says("AT+CGDCONT?\r", "\r\n+CGDCONT: 1,\"IP\",\"internet\",\"0.0.0.0\",0,0\r\n\r\nOK\r\n");
        host.Says("AT+CGDCONT=4,\"IP\",\"x\"\r", "\r\nERROR\r\n");
        host.Says("AT+CGDCONT=1,\"IPV6\",\"x\"\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void An_activated_context_shows_and_has_an_address_until_the_modem_detaches()
    {
        var host = Quiet();
        host.Says("AT+CGPADDR=2\r", "\r\n+CGPADDR: 2,\"0.0.0.0\"\r\n\r\nOK\r\n");
        host.Says("AT+CGACT=1,2\r", "\r\nOK\r\n");
        host.Says("AT+CGACT?\r", "\r\n+CGACT: 1,0\r\n+CGACT: 2,1\r\n+CGACT: 3,0\r\n\r\nOK\r\n");
        host.Says("AT+CGPADDR=2\r", "\r\n+CGPADDR: 2,\"10.0.109.102\"\r\n\r\nOK\r\n");
        host.Says("AT+CGACT=1\r", "\r\nOK\r\n");
        host.Says("AT+CGACT=0,2\r", "\r\nOK\r\n");
        host.Says("AT+CGACT?\r", "\r\n+CGACT: 1,1\r\n+CGACT: 2,0\r\n+CGACT: 3,0\r\n\r\nOK\r\n");
        host.Exchange("AT+CGATT=0\r");
        host.Says("AT+CGACT?\r", "\r\n+CGACT: 1,0\r\n+CGACT: 2,0\r\n+CGACT: 3,0\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CGACT=1,1\r")]
    [InlineData("AT+SAPBR=1,1\r")]
    public void Activating_a_context_attaches_first(string command)
    {
        var host = Quiet();
        host.Exchange("AT+CGATT=0\r");
        host.Says(command, "\r\nOK\r\n");
        host.Says("AT+CGATT?\r", "\r\n+CGATT: 1\r\n\r\nOK\r\n");
        host.Exchange("AT+COPS=2\r");
        Assert.StartsWith("\r\n+CME ERROR: ", host.Exchange(command), StringComparison.Ordinal);
        host = Quiet(new VirtualModemOptions { Faults = FaultPlan.Parse("gprs-refused") });
        Assert.StartsWith("\r\n+CME ERROR: ", host.Exchange(command), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_access_point_is_not_subscribed()
    {
        var host = Quiet(new VirtualModemOptions { Apn = "internet" });
        host.Exchange("AT+CGDCONT=1,\"IP\",\"wrong\"\r");
        host.Says("AT+CGACT=1,1\r", "\r\n+CME ERROR: 133\r\n");
        host.Exchange("AT+CGDCONT=1,\"IP\",\"internet\"\r");
        host.Says("AT+CGACT=1,1\r", "\r\nOK\r\n");
    }

    [Fact]
    public void The_context_of_the_links_shows_as_the_first()
    {
        var host = EngineHost.Connectable();
        host.Says("AT+CGACT?\r", "\r\n+CGACT: 1,1\r\n+CGACT: 2,0\r\n+CGACT: 3,0\r\n\r\nOK\r\n");
        host.Says("AT+CGPADDR=1\r", "\r\n+CGPADDR: 1,\"10.0.109.44\"\r\n\r\nOK\r\n");
    }
}
