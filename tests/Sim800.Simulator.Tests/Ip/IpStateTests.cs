using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Ip;

public sealed class IpStateTests
{
    private static EngineHost Quiet(VirtualModemOptions? options = null)
    {
        var host = new EngineHost(options);
        host.Exchange("ATE0\r");
        return host;
    }

    private static void IsIn(EngineHost host, string state) => host.Says("AT+CIPSTATUS\r", $"\r\nOK\r\n\r\nSTATE: {state}\r\n");

    [Fact]
    public void A_single_link_goes_through_every_state()
    {
        var host = Quiet(new VirtualModemOptions { PdpActivationTime = TimeSpan.FromSeconds(2), RoundTripTime = TimeSpan.FromSeconds(4) });
        IsIn(host, "IP INITIAL");
        host.Says("AT+CIICR\r", "\r\nERROR\r\n");
        host.Says("AT+CIFSR\r", "\r\nERROR\r\n");
        host.Says("AT+CSTT=\"internet\"\r", "\r\nOK\r\n");
        IsIn(host, "IP START");
        host.Says("AT+CSTT=\"internet\"\r", "\r\nERROR\r\n");
        host.Says("AT+CIICR\r", "");
        host.Hears("\r\nOK\r\n", 2);
        IsIn(host, "IP GPRSACT");
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",80\r", "\r\nERROR\r\n");
        host.Says("AT+CIFSR\r", "\r\n10.0.109.44\r\n");
        IsIn(host, "IP STATUS");
        host.Says("AT+CIPMUX=0\r", "\r\nERROR\r\n");
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n");
        IsIn(host, "TCP CONNECTING");
        host.Hears("\r\nCONNECT OK\r\n", 4);
        IsIn(host, "CONNECT OK");
        host.Says("AT+CIPCLOSE=0\r", "");
        host.Hears("\r\nCLOSE OK\r\n", 5);
        IsIn(host, "TCP CLOSED");
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n");
        host.Hears("\r\nCONNECT OK\r\n", 5);
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        IsIn(host, "IP INITIAL");
    }

    [Fact]
    public void Several_links_are_processed_together()
    {
        var host = EngineHost.Connectable();
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: IP STATUS\r\n\r\n" + string.Concat(Enumerable.Range(0, 6).Select(Unused)));
        host.Says("AT+CIPSTART=0,\"TCP\",\"1.2.3.4\",\"8500\"\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        host.Says(
            "AT+CIPSTATUS\r",
            "\r\nOK\r\n\r\nSTATE: IP PROCESSING\r\n\r\nC: 0,0,\"TCP\",\"1.2.3.4\",\"8500\",\"CONNECTED\"\r\n" + string.Concat(Enumerable.Range(1, 5).Select(Unused)));
        host.Says("AT+CIPSTATUS=2\r", "\r\n+CIPSTATUS: 2,,\"\",\"\",\"\",\"INITIAL\"\r\n\r\nOK\r\n");
        host.Says("AT+CIPSTATUS=6\r", "\r\nERROR\r\n");

        static string Unused(int link) => $"C: {link},,\"\",\"\",\"\",\"INITIAL\"\r\n";
    }

    [Fact]
    public void A_refused_context_is_reported_and_needs_a_shut_down()
    {
        var host = Quiet(new VirtualModemOptions { Apn = "internet" });
        host.Says("AT+CIPMUX=1;+CSTT=\"wrong\"\r", "\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\n+PDP: DEACT\r\n\r\nERROR\r\n");
        Assert.StartsWith("\r\nOK\r\n\r\nSTATE: PDP DEACT\r\n", host.Exchange("AT+CIPSTATUS\r"));
        foreach (var command in new[] { "AT+CSTT=\"internet\"\r", "AT+CIICR\r", "AT+CIFSR\r", "AT+CIPMUX=0\r", "AT+CIPSTART=0,\"TCP\",\"1.2.3.4\",80\r", "AT+CIPSEND=0,1\r", "AT+CIPCLOSE=0\r" })
        {
            host.Says(command, "\r\nERROR\r\n");
        }

        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        host.Says("AT+CSTT=\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\nOK\r\n");
    }

    [Fact]
    public void Without_a_context_a_single_connection_fails_after_its_OK()
    {
        var host = EngineHost.ConnectedSingle();
        host.Strike("pdp-deact");
        host.Hears("\r\n+PDP: DEACT\r\n");
        host.Says("AT+CIPSTART=\"TCP\",\"1.2.3.4\",80\r", "\r\nOK\r\n\r\nSTATE: PDP DEACT\r\n\r\nCONNECT FAIL\r\n");
    }

    [Fact]
    public void From_the_beginning_a_single_connection_brings_everything_up_itself()
    {
        var host = Quiet();
        host.Says("AT+CIPSTART=\"TCP\",\"broker.example.org\",\"1883\"\r", "\r\nOK\r\n\r\nCONNECT OK\r\n");
        Assert.Equal(("broker.example.org", 1883), host.Dialled.Single());
        host.Says("AT+CIPSTART=\"TCP\",\"broker.example.org\",\"1883\"\r", "\r\nALREADY CONNECT\r\n");
    }

    [Fact]
    public void Transparent_mode_and_several_links_exclude_each_other()
    {
        var host = Quiet();
        host.Says("AT+CIPMODE=1\r", "\r\nOK\r\n");
        host.Says("AT+CIPMUX=1\r", "\r\nERROR\r\n");
        host.Says("AT+CIPMODE=0;+CIPMUX=1\r", "\r\nOK\r\n");
        host.Says("AT+CIPMODE=1\r", "\r\nERROR\r\n");
    }
}
