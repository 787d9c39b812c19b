using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Ip;

public sealed class LinkTests
{
    [Theory]
    [InlineData("AT+CIPSTART=0,\"198.51.100.7\",1883\r")]
    [InlineData("AT+CIPSTART=6,\"TCP\",\"198.51.100.7\",1883\r")]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\"\r")]
    [InlineData("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",70000\r")]
    [InlineData("AT+CIPSTART=\"TCP\",\"198.51.100.7\",1883\r")]
    public void A_malformed_connection_is_not_allowed(string command)
    {
        var host = EngineHost.Connectable();
        host.Exchange("AT+CMEE=1\r");
        host.Says(command, "\r\n+CME ERROR: 3\r\n");
    }

    [Fact]
    public void A_refused_connection_fails_with_its_number_and_without_its_state()
    {
        var host = EngineHost.Connectable();
        host.Says("AT+CIPSTART=3,\"TCP\",\"198.51.100.7\",81\r", "\r\nOK\r\n\r\n3, CONNECT FAIL\r\n");
        host.Says("AT+CIPSTATUS=3\r", "\r\n+CIPSTATUS: 3,0,\"TCP\",\"198.51.100.7\",\"81\",\"CLOSED\"\r\n\r\nOK\r\n");
    }

    [Fact]
    public void A_refused_single_connection_tells_the_state_first()
    {
        var host = EngineHost.Connectable(settings: "AT\r");
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",81\r", "\r\nOK\r\n\r\nSTATE: TCP CLOSED\r\n\r\nCONNECT FAIL\r\n");
    }

    [Fact]
    public void An_unknown_name_fails_like_a_refusal()
    {
        var host = EngineHost.Connectable();
        host.Says("AT+CIPSTART=0,\"TCP\",\"nowhere.example.org\",80\r", "\r\nOK\r\n\r\n0, CONNECT FAIL\r\n");
        Assert.Empty(host.Dialled);
    }

    [Fact]
    public void A_dead_host_fails_after_75_seconds()
    {
        var host = EngineHost.Connectable();
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",82\r", "\r\nOK\r\n");
        host.Hears("", 73.9);
        host.Hears("\r\n0, CONNECT FAIL\r\n", 0.2);
    }

    [Fact]
    public void An_open_link_is_not_opened_again()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r", "\r\n0, ALREADY CONNECT\r\n");
        host.Says("AT+CIPSTART=1,\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\n1, CONNECT OK\r\n");
    }

    [Fact]
    public void A_name_and_a_handshake_cost_a_round_trip_each()
    {
        var host = EngineHost.Connectable(new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(600), PdpActivationTime = TimeSpan.Zero });
        host.Says("AT+CIPSTART=0,\"TCP\",\"broker.example.org\",1883\r", "\r\nOK\r\n");
        host.Hears("", 0.15);
        host.Hears("\r\n0, CONNECT OK\r\n", 0.1);
    }

    [Theory]
    [InlineData("AT+CIPCLOSE=0,1\r", 0.1, "\r\n0, CLOSE OK\r\n")]
    [InlineData("AT+CIPCLOSE=0,0\r", 1, "\r\n0, CLOSE OK\r\n")]
    [InlineData("AT+CIPCLOSE=0\r", 1, "\r\n0, CLOSE OK\r\n")]
    public void The_hosts_own_close_says_CLOSE_OK_and_no_more(string command, double within, string answer)
    {
        var host = EngineHost.Connected(new VirtualModemOptions { RoundTripTime = TimeSpan.FromMilliseconds(400) });
        Assert.Equal(answer, host.Exchange(command, within));
        host.Hears("", 10);
        Assert.Single(host.Closed);
        host.Exchange("AT+CMEE=2\r");
        host.Says(command, "\r\n+CME ERROR: operation not allowed\r\n");
    }

    [Fact]
    public void The_peers_close_is_told_after_its_delay_and_unread_data_stays()
    {
        var host = EngineHost.Connected();
        host.PeerSends("last words");
        host.PeerCloses();
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPSTATUS=0\r", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"198.51.100.7\",\"1883\",\"REMOTE CLOSING\"\r\n\r\nOK\r\n");
        host.Hears("\r\n0, CLOSED\r\n", 3);
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,10\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,10,0\r\nlast words\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_single_link_is_closed_by_its_peer_after_two_seconds_or_as_the_timer_says()
    {
        var host = EngineHost.ConnectedSingle();
        host.PeerCloses();
        host.Hears("", 1.9);
        host.Hears("\r\nCLOSED\r\n", 0.2);
        host = EngineHost.ConnectedSingle(settings: "AT+CIPRDTIMER=100,100\r");
        host.PeerCloses();
        host.Hears("\r\nCLOSED\r\n", 0.2);
    }

    [Fact]
    public void A_shut_down_closes_every_link_in_silence()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CIPSTART=5,\"TCP\",\"198.51.100.8\",1883\r", "\r\nOK\r\n\r\n5, CONNECT OK\r\n");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        Assert.Equal(2, host.Closed.Count);
        host.Hears("", 10);
    }

    [Fact]
    public void Two_links_do_not_mix_their_data()
    {
        var host = EngineHost.Connected();
        host.PeerSends("zero");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPSTART=4,\"TCP\",\"198.51.100.8\",1883\r", "\r\nOK\r\n\r\n4, CONNECT OK\r\n");
        host.PeerSends("four!");
        host.Hears("\r\n+CIPRXGET: 1,4\r\n");
        host.Says("AT+CIPRXGET=2,4,1460\r", "\r\n+CIPRXGET: 2,4,5,0\r\nfour!\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,4,0\r\nzero\r\nOK\r\n");
    }
}
