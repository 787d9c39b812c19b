using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Lte;

/// <summary>The faults of the LTE modules, and what those of the SIM800 look like on them.</summary>
public sealed class LteFaultTests
{
    private const string Open = "AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",1883\r";

    public static TheoryData<VirtualModemModel> Models => LteHost.Models;

    private static EngineHost Connected(VirtualModemModel model, string fault)
    {
        var host = LteHost.Connected(model);
        host.Strike(fault);
        return host;
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Late_result(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Strike("late-result=30s");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n");
        host.Hears("", 28);
        host.Hears("\r\n+NETOPEN: 0\r\n", 2);
        host.Strike("late-result=30s");
        host.Says(Open, "\r\nOK\r\n");
        host.Says("AT+CIPCLOSE?\r", "\r\n+CIPCLOSE: 0,0,0,0,0,0,0,0,0,0\r\n\r\nOK\r\n");
        host.Hears("\r\n+CIPOPEN: 0,0\r\n", 30);
        host.Exchange("AT+CIPCLOSE=0\r");
        host.Exchange("AT+CIPTIMEOUT=10000,10000\r");
        host.Strike("late-result=30s");
        host.Says(Open, "\r\nOK\r\n");
        host.Hears("\r\n+CIPOPEN: 0,10\r\n", 60);
        host.Exchange("AT+NETCLOSE\r");
        host.Strike("late-result=30s");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n");
        host.Hears("\r\n+NETOPEN: 10\r\n", 60);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Urcs_before_result(VirtualModemModel model)
    {
        var host = LteHost.Opened(model, "urcs-before-result");
        host.Says(Open, "\r\nOK\r\n\r\n+CGEV: NW REATTACH\r\n\r\n+CGEV: ME PDN ACT 1\r\n\r\n+CGEV: EPS PDN ACT 1\r\n\r\n+CIPOPEN: 0,0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Open_refused(VirtualModemModel model)
    {
        var host = LteHost.Opened(model, "open-refused");
        host.Says(Open, "\r\n+CIPOPEN: 0,4\r\n\r\nERROR\r\n");
        host.Says(Open, "\r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n");
    }

    [Fact]
    public void Reboot_in_open()
    {
        var host = LteHost.Opened(VirtualModemModel.A7670E, "reboot-in-open");
        host.Send(Open);
        host.Hears("\r\nOK\r\n\0\r\n*ATREADY: 1\r\n", 12);
        Assert.DoesNotContain("CIPOPEN", host.Wait(200), StringComparison.Ordinal);
    }

    [Fact]
    public void A_restart_confirms_no_payload_that_waited()
    {
        var host = LteHost.Connected(VirtualModemModel.A7670E);
        host.PeerAcknowledges = false;
        host.Exchange("AT+CIPSENDMODE=1\r");
        host.Exchange("AT+CIPSEND=0,3\r");
        host.Says("abc", "\r\nOK\r\n");
        host.StrikesAndHears("reboot", "\0");
        host.Hears("\r\n*ATREADY: 1\r\n", 11);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Netopen_fails(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model, "netopen-fails");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 1\r\n");
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 0\r\n\r\nOK\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Netopen_answers_a_plain_error(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model, "error=AT+NETOPEN,2");
        host.Says("AT+NETOPEN\r", "\r\nERROR\r\n");
        host.Says("AT+NETOPEN?\r", "\r\nERROR\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Silent_loss(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.StrikesAndHears("silent-loss", "");
        host.Says("AT+CIPSEND=0,3\r", "\r\n+CIPERROR: 2\r\n\r\nERROR\r\n");
        host.Says(Open, "\r\n+CIPOPEN: 0,2\r\n\r\nERROR\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void No_data(VirtualModemModel model)
    {
        var host = Connected(model, "no-data");
        host.PeerSends("abc");
        host.Wait(1);
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+IP ERROR: No data\r\n\r\nERROR\r\n");
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+CIPRXGET: 2,0,3,0\r\nabc\r\nOK\r\n");
    }

    [Theory]
    [InlineData("nothing-confirmed", "0", "")]
    [InlineData("send-fail", "-1", "")]
    [InlineData("short-accept", "3", "abc")]
    public void A_payload_is_confirmed_otherwise(string fault, string confirmed, string sent)
    {
        var host = Connected(VirtualModemModel.A7670E, fault);
        host.Says("AT+CIPSEND=0,6\r", "\r\n>");
        host.Says("abcdef", $"\r\nOK\r\n\r\n+CIPSEND: 0,6,{confirmed}\r\n");
        Assert.Equal(sent, System.Text.Encoding.ASCII.GetString([.. host.SentToPeer]));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Slow_send_delays_the_confirmation_and_not_the_OK(VirtualModemModel model)
    {
        var host = Connected(model, "slow-send=10s");
        host.Exchange("AT+CIPSEND=0,3\r");
        host.Says("abc", "\r\nOK\r\n");
        host.Hears("\r\n+CIPSEND: 0,3,3\r\n", 10);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Closed_in_send(VirtualModemModel model)
    {
        var host = Connected(model, "closed-in-send");
        host.Exchange("AT+CIPSEND=0,3\r");
        host.Says("abc", "\r\nOK\r\n\r\n+IPCLOSE: 0,1\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Bytes_around_prompt_payload_and_read(VirtualModemModel model)
    {
        var host = LteHost.Connected(model, "prompt-space", "payload-echo", "blank-before-ok", "urc-before-confirmation");
        host.Says("AT+CIPSEND=0,3\r", "\r\n> ");
        host.Says("abc", "abc\r\nOK\r\n\r\n+CEREG: 1\r\n\r\n+CIPSEND: 0,3,3\r\n");
        host.PeerSends("def");
        host.Wait(1);
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+CIPRXGET: 2,0,3,0\r\ndef\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Cadataind(VirtualModemModel model)
    {
        var host = Connected(model, "cadataind");
        host.PeerSends("abc");
        host.Hears("\r\n+CADATAIND:0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Creg_denied(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model, "creg-denied");
        host.Says("AT+CREG?\r", "\r\n+CREG: 0,3\r\n\r\nOK\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+CGREG?\r", "\r\n+CGREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 0\r\n");
    }

    [Theory]
    [InlineData(VirtualModemModel.A7670E, 11)]
    [InlineData(VirtualModemModel.Sim7600E, 8)]
    [InlineData(VirtualModemModel.Sim7000G, 3)]
    public void Emergency_only(VirtualModemModel model, int stat)
    {
        var host = LteHost.Quiet(model);
        host.Strike("emergency-only");
        host.Wait(1);
        host.Says("AT+CEREG?;+CREG?\r", $"\r\n+CEREG: 0,{stat}\r\n\r\n+CREG: 0,{stat}\r\n\r\nOK\r\n");
        host.Engine.Faults.Mend(FaultKind.EmergencyOnly);
        host.Wait(2);
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
    }

    [Fact]
    public void A_message_in_circuit_fallback_kills_the_links_of_a_SIM7600()
    {
        var host = Connected(VirtualModemModel.Sim7600E, "cs-fallback");
        host.StrikesAndHears("incoming-message", "\r\n+CMTI: \"SM\",1\r\n");
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 1\r\n\r\nOK\r\n");
        host.Says("AT+CIPSEND=0,3\r", "\r\n+CIPERROR: 4\r\n\r\nERROR\r\n");
        host.Says(Open, "\r\n+CIPOPEN: 0,4\r\n\r\nERROR\r\n");
        host.Says("AT+NETCLOSE\r", "\r\nOK\r\n\r\n+NETCLOSE: 0\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 0\r\n");
        host.Says(Open, "\r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n");
        host = Connected(VirtualModemModel.A7670E, "cs-fallback");
        host.StrikesAndHears("incoming-message", "\r\n+CMTI: \"SM\",1\r\n");
        host.Says("AT+CIPSEND=0,3\r", "\r\n>");
    }

    [Fact]
    public void A_call_in_circuit_fallback_closes_the_service_of_an_A7670()
    {
        var host = Connected(VirtualModemModel.A7670E, "cs-fallback");
        host.StrikesAndHears("incoming-call=1", "\r\nRING\r\n");
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 0\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Dns_fails(VirtualModemModel model)
    {
        var host = LteHost.Opened(model, "dns-fails");
        host.Says("AT+CDNSGIP=\"broker.example.org\"\r", "\r\n+CDNSGIP: 0,10\r\n\r\nERROR\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"broker.example.org\",80\r", "\r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_context_ends_at_its_age(VirtualModemModel model)
    {
        var host = LteHost.Connected(model, "pdp-deact=60s");
        host.Hears("\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n", 60);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_low_supply_is_told_when_asked_for_alone(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.StrikesAndHears("under-voltage", "");
        host.Says("AT+CVALARM=1,3400,4300\r", "\r\nOK\r\n");
        host.StrikesAndHears("under-voltage=2", "\r\nUNDER-VOLTAGE WARNNING\r\n\r\nUNDER-VOLTAGE WARNNING\r\n");
        host.Says("AT+CPMVT=1\r", "\r\nOK\r\n");
        host.StrikesAndHears("power-down", "\r\nUNDER-VOLTAGE WARNNING POWER DOWN\r\n");
        host.Says("AT\r", "");
        host = LteHost.Quiet(model);
        host.StrikesAndHears("power-down", "");
        host.Says("AT\r", "");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_the_faults_of_a_SIM800_look_like(VirtualModemModel model)
    {
        var host = LteHost.Connected(model, "wrong-apn@20s");
        host.StrikesAndHears("mux-lost", "");
        host.PeerSends("abc");
        host.Hears("\r\nRECV FROM:198.51.100.7:1883\r\n+IPD3\r\nabc");
        host.Hears("\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n", 20);
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,3\r\n\r\nOK\r\n");
        host.Engine.Faults.Mend(FaultKind.WrongApn);
        host.Wait(2);
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        host.StrikesAndHears("no-sim", "\r\n+CPIN: SIM REMOVED\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CME ERROR: SIM not inserted\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_dead_path_is_found_by_probes_where_there_are_any(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.Exchange("AT+CTCPKA=1,1,3,1\r");
        host.Strike("zombie");
        host.Hears(model is VirtualModemModel.A7670E ? "\r\n+IPCLOSE: 0,2\r\n" : "", 300);
    }
}
