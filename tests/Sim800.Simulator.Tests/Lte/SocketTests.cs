namespace Sim800.Simulator.Tests.Lte;

/// <summary>Links of the LTE modules as the reference has them, on each model.</summary>
public sealed class SocketTests
{
    public static TheoryData<VirtualModemModel> Models => LteHost.Models;

    [Theory]
    [MemberData(nameof(Models))]
    public void A_link_without_the_service_is_refused_at_once(VirtualModemModel model) =>
        LteHost.Quiet(model).Says("AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",80\r", "\r\n+CIPOPEN: 0,2\r\n\r\nERROR\r\n");

    [Theory]
    [MemberData(nameof(Models))]
    public void Ten_links_are_open_at_once(VirtualModemModel model)
    {
        var host = LteHost.Opened(model);
        for (var i = 0; i < 10; i++)
        {
            host.Says($"AT+CIPOPEN={i},\"TCP\",\"198.51.100.7\",{1000 + i}\r", $"\r\nOK\r\n\r\n+CIPOPEN: {i},0\r\n");
        }

        host.Says("AT+CIPCLOSE?\r", "\r\n+CIPCLOSE: 1,1,1,1,1,1,1,1,1,1\r\n\r\nOK\r\n");
        host.Says("AT+CIPOPEN=10,\"TCP\",\"198.51.100.7\",80\r", "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n");
        host.Says("AT+CIPOPEN=0,\"UDP\",,,5000\r", "\r\n+IP ERROR: Operation not supported\r\n\r\nERROR\r\n");
        host.Says("AT+CIPOPEN=3,\"TCP\",\"198.51.100.7\",80\r", "\r\n+IP ERROR: Connection is already created\r\n\r\nERROR\r\n");
        host.Says("AT+CIPCLOSE=3\r", "\r\nOK\r\n\r\n+CIPCLOSE: 3,0\r\n");
        Assert.EndsWith(
            "\r\n+CIPOPEN: 2,\"TCP\",\"198.51.100.7\",1002,-1\r\n+CIPOPEN: 3\r\n+CIPOPEN: 4,\"TCP\",\"198.51.100.7\",1004,-1\r\n+CIPOPEN: 5,\"TCP\",\"198.51.100.7\",1005,-1\r\n"
            + "+CIPOPEN: 6,\"TCP\",\"198.51.100.7\",1006,-1\r\n+CIPOPEN: 7,\"TCP\",\"198.51.100.7\",1007,-1\r\n+CIPOPEN: 8,\"TCP\",\"198.51.100.7\",1008,-1\r\n"
            + "+CIPOPEN: 9,\"TCP\",\"198.51.100.7\",1009,-1\r\n\r\nOK\r\n",
            host.Exchange("AT+CIPOPEN?\r"),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_fails_later_is_told_later(VirtualModemModel model)
    {
        var host = LteHost.Opened(model);
        host.Says("AT+CIPTIMEOUT=75000,15000,15000\r", "\r\nOK\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",81\r", "\r\nOK\r\n\r\n+CIPOPEN: 0,1\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"unknown.example.org\",80\r", "\r\nOK\r\n\r\n+CIPOPEN: 0,11\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",82\r", "\r\nOK\r\n");
        host.Hears("", 13);
        host.Hears("\r\n+CIPOPEN: 0,10\r\n", 2);
        host.Says("AT+CIPOPEN=0,\"TCP\",\"broker.example.org\",80,5000\r", "\r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_peers_close_leaves_its_data_to_be_read(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.PeerSends("last words");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.PeerCloses();
        host.Hears("\r\n+IPCLOSE: 0,1\r\n");
        host.Says("AT+CIPCLOSE?\r", "\r\n+CIPCLOSE: 0,0,0,0,0,0,0,0,0,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,10\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+CIPRXGET: 2,0,10,0\r\nlast words\r\nOK\r\n");
        host.Says("AT+CIPCLOSE=0\r", "\r\n+CIPCLOSE: 0,4\r\n\r\nERROR\r\n");
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 1\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_link_that_is_not_there_answers_as_the_reference_says(VirtualModemModel model)
    {
        var host = LteHost.Opened(model);
        host.Says("AT+CIPSEND=0,5\r", "\r\n+CIPERROR: 4\r\n\r\nERROR\r\n");
        host.Says("AT+CIPSEND=0,1501\r", "\r\n+CIPERROR: 3\r\n\r\nERROR\r\n");
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+IP ERROR: No data\r\n\r\nERROR\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+IP ERROR: Connection is not created\r\n\r\nERROR\r\n");
        host.Says("AT+CIPCLOSE=0\r", "\r\n+CIPCLOSE: 0,4\r\n\r\nERROR\r\n");
        host.Says("AT+CIPRXGET=2,0,1501\r", "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n");
        host.Says("AT+CIPRXGET=3,0,751\r", "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n");
        host.Says("AT+CIPRXGET=4,10\r", "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n");
        host.Says("AT+NETCLOSE\r", "\r\nOK\r\n\r\n+NETCLOSE: 0\r\n");
        host.Says("AT+CIPSEND=0,5\r", "\r\n+CIPERROR: 2\r\n\r\nERROR\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Errors_are_numbers_when_asked_for(VirtualModemModel model)
    {
        var host = LteHost.Opened(model);
        host.Says("AT+NETOPEN\r", "\r\n+IP ERROR: Network is already opened\r\n\r\nERROR\r\n");
        host.Says("AT+CIPCCFG=10,0,0,0,1,0,75000\r", "\r\nOK\r\n");
        host.Says("AT+NETOPEN\r", "\r\n+IP ERROR: 4\r\n\r\nERROR\r\n");
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+IP ERROR: 22\r\n\r\nERROR\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_notice_comes_once_until_everything_is_read(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.PeerSends("abc");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.PeerSends("def");
        host.Hears("");
        host.Says("AT+CIPRXGET=2,0,4\r", "\r\n+CIPRXGET: 2,0,4,2\r\nabcd\r\nOK\r\n");
        host.PeerSends("g");
        host.Hears("");
        host.Says("AT+CIPRXGET=3,0\r", "\r\n+CIPRXGET: 3,0,3,0\r\n656667\r\nOK\r\n");
        host.PeerSends("h");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Push_mode_after_a_boot_tells_the_source_and_not_the_link(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Exchange("AT+NETOPEN\r");
        host.Says("AT+CIPOPEN=2,\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\n+CIPOPEN: 2,0\r\n");
        host.PeerSends("abcd");
        host.Hears("\r\nRECV FROM:198.51.100.7:1883\r\n+IPD4\r\nabcd");
        host.Says("AT+CIPSRIP=0\r", "\r\nOK\r\n");
        host.PeerSends("e");
        host.Hears("+IPD1\r\ne");
        host.Says("AT+CIPCCFG=10,0,0,1,1,0,500\r", "\r\nOK\r\n");
        host.PeerSends("fg");
        host.Hears("\r\n+RECEIVE,2,2\r\nfg");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Leaving_manual_mode_pushes_what_is_stored(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.PeerSends("abc");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=0\r", "\r\nOK\r\n\r\nRECV FROM:198.51.100.7:1883\r\n+IPD3\r\nabc");
        host.Says("AT+CIPRXGET?\r", "\r\n+CIPRXGET: 0\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_payload_may_end_with_ctrl_z_or_be_given_up(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.Says("AT+CIPSEND=0,\r", "\r\n>");
        host.Says("hello\u001A", "\r\nOK\r\n\r\n+CIPSEND: 0,5,5\r\n");
        host.Says("AT+CIPSEND=0,\r", "\r\n>");
        host.Says("never\u001B", "\r\nOK\r\n");
        Assert.Equal("hello"u8.ToArray(), host.SentToPeer);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void With_send_mode_1_the_peer_confirms(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.PeerAcknowledges = false;
        host.Says("AT+CIPSENDMODE=1;+CIPTIMEOUT=75000,15000,5000\r", "\r\nOK\r\n");
        host.Says("AT+CIPSEND=0,3\r", "\r\n>");
        host.Says("abc", "\r\nOK\r\n");
        host.Says("AT+CIPSEND=0,3\r", "\r\n+CIPERROR: 8\r\n\r\nERROR\r\n");
        host.Engine.Ip.Sender.Acknowledged(host.LastConnection, 3);
        host.Hears("\r\n+CIPSEND: 0,3,3\r\n");
        host.Says("AT+CIPSEND=0,3\r", "\r\n>");
        host.Says("def", "\r\nOK\r\n");
        host.Hears("\r\n+CIPSEND: 0,3,-1\r\n\r\n+IPCLOSE: 0,2\r\n", 5);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_full_buffer_delays_the_confirmation_until_the_send_timeout(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.PeerAcknowledges = false;
        var payload = new string('x', 1500);
        for (var i = 0; i < 21; i++)
        {
            host.Says("AT+CIPSEND=0,1500\r", "\r\n>");
            host.Says(payload, "\r\nOK\r\n\r\n+CIPSEND: 0,1500,1500\r\n");
        }

        host.Says("AT+CIPSEND=0,1500\r", "\r\n>");
        host.Says(payload, "\r\nOK\r\n");
        host.Engine.Ip.Sender.Acknowledged(host.LastConnection, 1500);
        host.Hears("\r\n+CIPSEND: 0,1500,1500\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+CIPACK: 33000,1500,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPSEND=0,1500\r", "\r\n>");
        host.Says(payload, "\r\nOK\r\n");
        host.Hears("\r\n+CIPSEND: 0,1500,-1\r\n\r\n+IPCLOSE: 0,2\r\n", 120);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_service_goes_down_with_its_links(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.Says("AT+CIPOPEN=4,\"TCP\",\"198.51.100.7\",80\r", "\r\nOK\r\n\r\n+CIPOPEN: 4,0\r\n");
        host.Says("AT+NETCLOSE\r", "\r\nOK\r\n\r\n+CIPCLOSE: 0,0\r\n\r\n+CIPCLOSE: 4,0\r\n\r\n+NETCLOSE: 0\r\n");
        Assert.Equal(2, host.Closed.Count);
        host.Says("AT+IPADDR\r", "\r\n+IP ERROR: Network not opened\r\n\r\nERROR\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_lost_network_closes_everything_and_says_so(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.StrikesAndHears("registration-lost=20s", "\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,2\r\n\r\nOK\r\n");
        host.Says("AT+CIPCLOSE?\r", "\r\n+CIPCLOSE: 0,0,0,0,0,0,0,0,0,0\r\n\r\nOK\r\n");
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 0\r\n\r\nOK\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 1\r\n");
        host.Wait(20);
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 0\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Radio_off_and_on_closes_everything_without_a_word(VirtualModemModel model)
    {
        var host = LteHost.Connected(model);
        host.Says("AT+CFUN=4\r", "\r\nOK\r\n");
        host.Exchange("AT+CFUN=1\r", 5);
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 0\r\n\r\nOK\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",80\r", "\r\n+CIPOPEN: 0,2\r\n\r\nERROR\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_the_socket_commands_of_a_SIM800_are_nobody_knows(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        foreach (var command in (string[])["CIPMUX=1", "CIPQSEND=1", "CSTT=\"internet\"", "CIICR", "CIFSR", "CIPSHUT", "CIPSTATUS", "CIPSTART=0,\"TCP\",\"h\",1", "CPOWD=1", "CCID", "SAPBR=1,1"])
        {
            host.Says($"AT+{command}\r", "\r\nERROR\r\n");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Settings_are_read_back_and_lost_at_a_boot(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CIPCCFG?\r", "\r\n+CIPCCFG: 10,0,0,1,0,0,75000\r\n\r\nOK\r\n");
        host.Says("AT+CIPCCFG=5,,,0\r", "\r\nOK\r\n");
        host.Says("AT+CIPCCFG?\r", "\r\n+CIPCCFG: 5,0,0,0,0,0,75000\r\n\r\nOK\r\n");
        host.Says("AT+CIPCCFG=11\r", "\r\nERROR\r\n");
        host.Says("AT+CIPTIMEOUT=2999\r", "\r\nERROR\r\n");
        host.Says("AT+CIPTIMEOUT=75000,15000\r", "\r\nOK\r\n");
        host.Says("AT+CIPTIMEOUT?\r", "\r\n+CIPTIMEOUT: 75000,15000,120000\r\n\r\nOK\r\n");
        host.Says("AT+CIPSENDMODE=1;+CIPRXGET=1;+CIPHEAD=0\r", "\r\nOK\r\n");
        host.Exchange("AT+CRESET\r", 40);
        host.Exchange("ATE0\r");
        host.Says("AT+CIPCCFG?\r", "\r\n+CIPCCFG: 10,0,0,1,0,0,75000\r\n\r\nOK\r\n");
        host.Says("AT+CIPTIMEOUT?\r", "\r\n+CIPTIMEOUT: 120000,120000,120000\r\n\r\nOK\r\n");
        host.Says("AT+CIPSENDMODE?;+CIPRXGET?;+CIPHEAD?\r", "\r\n+CIPSENDMODE: 0\r\n\r\n+CIPRXGET: 0\r\n\r\n+CIPHEAD: 1\r\n\r\nOK\r\n");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Transparent_mode_is_the_line_itself(VirtualModemModel model)
    {
        var host = LteHost.Quiet(model);
        host.Says("AT+CIPMODE=1\r", "\r\nOK\r\n");
        host.Exchange("AT+NETOPEN\r");
        host.Says("AT+CIPMODE=0\r", "\r\nERROR\r\n");
        host.Says("AT+CIPOPEN=1,\"TCP\",\"198.51.100.7\",80\r", "\r\n+IP ERROR: Invalid parameter\r\n\r\nERROR\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",81\r", "\r\nCONNECT FAIL\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",80\r", "\r\nCONNECT 115200\r\n");
        host.Says("hello", "");
        host.PeerSends("world");
        host.Hears("world", 3);
        host.Says("+++", "\r\nOK\r\n", 2);
        host.Says("ATO\r", "\r\nCONNECT\r\n");
        host.PeerCloses();
        host.Hears("\r\nCLOSED\r\n");
        Assert.Equal("hello"u8.ToArray(), host.SentToPeer);
    }
}
