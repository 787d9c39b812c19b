using System.Text;
using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Ip;

public sealed class TransparentTests
{
    private static EngineHost Online(string settings = "AT+CIPMODE=1\r", VirtualModemOptions? options = null)
    {
        var host = EngineHost.Connectable(options, settings);
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",1883\r", "\r\nOK\r\n\r\nCONNECT\r\n");
        return host;
    }

    private static string Sent(EngineHost host) => Encoding.Latin1.GetString([.. host.SentToPeer]);

    [Fact]
    public void The_line_is_the_link()
    {
        var host = Online();
        host.Says("AT+CSQ\r\n\u001A\0", "");
        Assert.Equal("AT+CSQ\r\n\u001A\0", Sent(host));
        host.PeerSends("\r\nOK\r\n");
        host.Hears("\r\nOK\r\n");
    }

    [Fact]
    public void A_packet_goes_out_when_it_is_full_or_the_host_pauses()
    {
        var host = Online("AT+CIPMODE=1;+CIPCCFG=5,3,100,1\r");
        host.Send(new string('x', 250));
        host.Wait(0.1);
        Assert.Equal(200, host.SentToPeer.Count);
        host.Wait(0.15);
        Assert.Equal(200, host.SentToPeer.Count);
        host.Wait(0.15);
        Assert.Equal(250, host.SentToPeer.Count);
    }

    [Fact]
    public void The_escape_sequence_between_silences_leads_to_command_mode_and_ATO_back()
    {
        var host = Online();
        host.Exchange("data", 2);
        Assert.Equal("\r\nOK\r\n", host.Exchange("+++", 2));
        Assert.Equal("data", Sent(host));
        host.Says("AT+CSQ\r", "\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
        host.PeerSends("kept");
        host.Hears("");
        host.Says("ATO\r", "\r\nCONNECT\r\nkept");
        host.Exchange("more", 2);
        Assert.Equal("datamore", Sent(host));
    }

    [Theory]
    [InlineData("+++x")]
    [InlineData("++++")]
    [InlineData("x+++")]
    [InlineData("++")]
    [InlineData("+")]
    public void Anything_but_the_bare_sequence_is_data(string text)
    {
        var host = Online();
        host.Wait(2);
        Assert.Equal("", host.Exchange(text, 5));
        Assert.Equal(text, Sent(host));
    }

    [Fact]
    public void Without_silence_before_or_after_the_sequence_is_data()
    {
        var host = Online();
        host.Exchange("data", 0.5);
        Assert.Equal("", host.Exchange("+++", 3));
        Assert.Equal("", host.Exchange("+++", 0.5));
        Assert.Equal("", host.Exchange("!", 3));
        Assert.Equal("data++++++!", Sent(host));
    }

    [Fact]
    public void The_sequence_can_be_switched_off_and_DTR_used_instead()
    {
        var host = Online("AT+CIPMODE=1;+CIPCCFG=5,2,1024,0\r");
        host.Wait(2);
        Assert.Equal("", host.Exchange("+++", 3));
        Assert.Equal("+++", Sent(host));
        host.Engine.Serial.IsDtrOn = false;
        host.Hears("\r\nOK\r\n", 1.5);
        host.Says("AT+CIPSTATUS\r", "\r\nOK\r\n\r\nSTATE: CONNECT OK\r\n");
    }

    [Fact]
    public void The_end_of_the_link_shows_in_the_stream()
    {
        var host = Online();
        host.PeerSends("bye");
        host.PeerCloses();
        host.Hears("bye\r\nCLOSED\r\n", 3);
        host.Says("ATO\r", "\r\nERROR\r\n");
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void The_end_of_the_context_shows_in_the_stream()
    {
        var host = Online();
        host.Strike("pdp-deact");
        host.Hears("\r\n+PDP: DEACT\r\n");
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void A_refused_connection_fails_as_usual()
    {
        var host = EngineHost.Connectable(settings: "AT+CIPMODE=1\r");
        host.Says("AT+CIPSTART=\"TCP\",\"198.51.100.7\",81\r", "\r\nOK\r\n\r\nSTATE: TCP CLOSED\r\n\r\nCONNECT FAIL\r\n");
        host.Says("ATO\r", "\r\nERROR\r\n");
    }

    [Fact]
    public void A_full_send_buffer_holds_the_host_when_flow_control_is_on()
    {
        var host = Online("AT+CIPMODE=1;+IFC=2,2\r", new VirtualModemOptions { SendBufferSize = 4096 });
        host.PeerAcknowledges = false;
        host.Exchange(new string('x', 30_000), 10);
        Assert.InRange(host.SentToPeer.Count, 1024, 4096);
        Assert.True(host.Engine.Serial.Backlog > 20_000);
        for (var i = 0; i < 30; i++)
        {
            host.Engine.Ip.Sender.Acknowledged(host.LastConnection, 1024);
            host.PeerAcknowledges = true;
            host.Wait(0.5);
        }

        Assert.Equal(30_000, host.SentToPeer.Count);
    }
}
