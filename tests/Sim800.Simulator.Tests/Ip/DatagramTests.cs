using System.Net;
using System.Net.Sockets;
using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Ip;

public sealed class DatagramTests
{
    private static readonly VirtualModemOptions Far = new() { RoundTripTime = TimeSpan.FromSeconds(2), PdpActivationTime = TimeSpan.Zero };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EngineHost Open(VirtualModemOptions? options = null, string settings = "AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1\r")
    {
        var host = EngineHost.Connectable(options, settings);
        host.PeerAcknowledges = false;
        return host;
    }

    [Fact]
    public void Without_a_handshake_the_link_is_open_at_once()
    {
        var host = Open(Far);
        host.Says("AT+CIPSTART=1,\"UDP\",\"198.51.100.7\",5683\r", "\r\nOK\r\n\r\n1, CONNECT OK\r\n");
        host.Says("AT+CIPSTATUS=1\r", "\r\n+CIPSTATUS: 1,0,\"UDP\",\"198.51.100.7\",\"5683\",\"CONNECTED\"\r\n\r\nOK\r\n");
        host.Says("AT+CIPSTART=1,\"UDP\",\"198.51.100.7\",5683\r", "\r\n1, ALREADY CONNECT\r\n");
        host.Says("AT+CIPCLOSE=1\r", "\r\n1, CLOSE OK\r\n");
        host.Says("AT+CIPSTATUS=1\r", "\r\n+CIPSTATUS: 1,0,\"UDP\",\"198.51.100.7\",\"5683\",\"CLOSED\"\r\n\r\nOK\r\n");
        host.Says("AT+CIPSTART=1,\"SCTP\",\"198.51.100.7\",5683\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_single_link_goes_through_the_states_of_UDP()
    {
        var host = Open(Far, "AT\r");
        host.Send("AT+CIPSTART=\"udp\",\"broker.example.org\",\"53\"\r");
        Assert.Equal("\r\nOK\r\n", host.Wait(0.5));
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: UDP CONNECTING\r\n");
        host.Hears("\r\nCONNECT OK\r\n", 0.6);
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: CONNECT OK\r\n");
        host.Says("AT+CIPCLOSE\r", "\r\nCLOSE OK\r\n");
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: UDP CLOSED\r\n");
        host.Says("AT+CIPSTART=\"UDP\",\"nowhere.example.org\",53\r", "\r\nOK\r\n");
        host.Hears("\r\nSTATE: UDP CLOSED\r\n\r\nCONNECT FAIL\r\n", 2);
    }

    [Theory]
    [InlineData("AT+CIPMUX=1;+CIPQSEND=1\r", "0,", "\r\nDATA ACCEPT:0,5\r\n")]
    [InlineData("AT+CIPMUX=1\r", "0,", "\r\n0, SEND OK\r\n")]
    [InlineData("AT+CIPQSEND=1\r", "", "\r\nDATA ACCEPT:5\r\n")]
    [InlineData("AT\r", "", "\r\nSEND OK\r\n")]
    public void A_datagram_is_confirmed_when_the_modem_has_sent_it(string settings, string link, string confirmation)
    {
        var host = Open(Far, settings);
        host.Exchange($"AT+CIPSTART={link}\"UDP\",\"198.51.100.7\",5683\r");
        host.Says($"AT+CIPSEND={link}5\r", "\r\n> ");
        Assert.Equal(confirmation, host.Exchange("hello", 0.1));
        Assert.Empty(host.SentToPeer);
        host.Wait(1);
        Assert.Equal("hello"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void A_read_takes_no_more_than_the_first_datagram()
    {
        var host = Open();
        host.Exchange("AT+CIPSTART=0,\"UDP\",\"198.51.100.7\",5683\r");
        host.PeerSends("first");
        host.PeerSends("second");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,11\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,3\r", "\r\n+CIPRXGET: 2,0,3,8\r\nfir\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,2,6\r\nst\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,6,0\r\nsecond\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CIPMUX=1\r", "0,", "\r\n+RECEIVE,0,5:\r\nfirst\r\n+RECEIVE,0,6:\r\nsecond")]
    [InlineData("AT+CIPHEAD=1;+CIPSHOWTP=1\r", "", "+IPD,5,UDP:first+IPD,6,UDP:second")]
    public void Datagrams_are_pushed_one_by_one(string settings, string link, string expected)
    {
        var host = Open(settings: settings);
        host.Exchange($"AT+CIPSTART={link}\"UDP\",\"198.51.100.7\",5683\r");
        host.PeerSends("first");
        host.PeerSends("second");
        host.Hears(expected);
    }

    [Fact]
    public void What_the_modem_cannot_hold_is_lost()
    {
        var host = Open(new VirtualModemOptions { ReceiveBufferSize = 2000 });
        host.Exchange("AT+CIPSTART=0,\"UDP\",\"198.51.100.7\",5683\r");
        foreach (var text in new[] { new string('a', 1200), new string('b', 1200), new string('c', 800) })
        {
            host.PeerSends(text);
        }

        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,2000\r\n\r\nOK\r\n");
    }

    [Fact(Timeout = 120_000)]
    public async Task Datagrams_reach_a_server_in_memory_and_come_back()
    {
        using var clock = new VirtualClock();
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            TimeProvider = clock,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            Network = new InMemoryNetwork().ServeDatagrams("coap.example.org", 5683, async (channel, stop) =>
            {
                while (true)
                {
                    await channel.SendAsync(await channel.ReceiveAsync(stop), stop);
                }
            }),
        });
        await EchoAsync(modem, "coap.example.org", 5683);
    }

    [Fact(Timeout = 120_000)]
    public async Task Datagrams_go_through_real_sockets_where_the_map_says()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)server.Client.LocalEndPoint!).Port;
        await using var modem = VirtualModem.Create(new VirtualModemOptions
        {
            Network = SocketNetwork.FromMap([$"coap.example.org:5683=127.0.0.1:{port}"]),
        });
        var echo = EchoAsync(modem, "coap.example.org", 5683);
        var asked = await server.ReceiveAsync(Token);
        await server.SendAsync(asked.Buffer, asked.RemoteEndPoint, Token);
        await echo;
    }

    [Fact(Timeout = 120_000)]
    public async Task Where_nobody_listens_a_datagram_is_lost_without_a_word()
    {
        int port;
        using (var gone = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0)))
        {
            port = ((IPEndPoint)gone.Client.LocalEndPoint!).Port;
        }

        await using var modem = VirtualModem.Create();
        var host = await OpenAsync(modem, "127.0.0.1", port);
        for (var i = 0; i < 3; i++)
        {
            await host.SaysAsync("AT+CIPSEND=0,5\r", "\r\n> ");
            await host.SaysAsync("hello", "\r\nDATA ACCEPT:0,5\r\n");
        }

        await host.SaysAsync("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
    }

    private static async Task EchoAsync(VirtualModem modem, string name, int port)
    {
        var host = await OpenAsync(modem, name, port);
        await host.SaysAsync("AT+CIPSEND=0,5\r", "\r\n> ");
        await host.SaysAsync("hello", "\r\nDATA ACCEPT:0,5\r\n");
        await host.ExpectAsync("\r\n+CIPRXGET: 1,0\r\n");
        await host.SaysAsync("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,5,0\r\nhello\r\nOK\r\n");
        await host.SaysAsync("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        Assert.Equal(5, modem.Counters.TcpBytesReceived);
    }

    private static async Task<ModemHost> OpenAsync(VirtualModem modem, string name, int port)
    {
        var host = new ModemHost(modem.Line);
        await host.SaysAsync("ATE0\r", "ATE0\r\r\nOK\r\n");
        await host.SaysAsync("AT+CIPMUX=1;+CIPQSEND=1;+CIPRXGET=1;+CSTT;+CIICR\r", "\r\nOK\r\n");
        await host.SaysAsync("AT+CIFSR\r", "\r\n10.0.109.44\r\n");
        await host.SaysAsync($"AT+CIPSTART=0,\"UDP\",\"{name}\",{port}\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        return host;
    }
}
