using System.Text;
using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Ip;

public sealed class SendTests
{
    private static readonly VirtualModemOptions Far = new() { RoundTripTime = TimeSpan.FromMilliseconds(600) };

    [Fact]
    public void A_counted_payload_takes_every_byte_value()
    {
        var all = Encoding.Latin1.GetString([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
        var host = EngineHost.Connected();
        host.Says("AT+CIPSEND=0,256\r", "\r\n> ");
        host.Says(all, "\r\nDATA ACCEPT:0,256\r\n");
        Assert.Equal(all, Encoding.Latin1.GetString([.. host.SentToPeer]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void The_line_feed_of_the_command_is_no_payload(int delay)
    {
        var host = EngineHost.Connected(new VirtualModemOptions { CommandDelay = TimeSpan.FromMilliseconds(delay) });
        host.Says("AT+CIPSEND=0,3\r\n", "\r\n> ");
        host.Says("\nhi", "\r\nDATA ACCEPT:0,3\r\n");
        Assert.Equal("\nhi"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void What_follows_a_payload_is_the_next_command()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CIPSEND=0,2\rhiAT+CSQ\r", "\r\n> \r\nDATA ACCEPT:0,2\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n");
    }

    [Fact]
    public void Quick_send_confirms_at_once_and_the_acknowledgement_comes_a_round_trip_later()
    {
        var host = EngineHost.Connected(Far);
        host.Wait(1);
        host.Exchange("AT+CIPSEND=0,5\r", 0.1);
        Assert.Equal("\r\nDATA ACCEPT:0,5\r\n", host.Exchange("hello", 0.01));
        Assert.Equal("\r\n+CIPACK: 5,0,5\r\n\r\nOK\r\n", host.Exchange("AT+CIPACK=0\r", 0.5));
        host.Wait(0.2);
        Assert.Equal("\r\n+CIPACK: 5,5,0\r\n\r\nOK\r\n", host.Exchange("AT+CIPACK=0\r", 0.5));
    }

    [Fact]
    public void Slow_send_confirms_when_the_peer_has_acknowledged()
    {
        var host = EngineHost.ConnectedSingle(new VirtualModemOptions());
        host.Says("AT+CIPSEND=5\r", "\r\n> ");
        host.Says("hello", "\r\nSEND OK\r\n");
        host = EngineHost.Connectable(Far, "AT+CIPMUX=1\r");
        host.Exchange("AT+CIPSTART=1,\"TCP\",\"198.51.100.7\",80\r", 2);
        host.Says("AT+CIPSEND=1,5\r", "\r\n> ");
        Assert.Equal("", host.Exchange("hello", 0.6));
        host.Hears("\r\n1, SEND OK\r\n", 0.1);
    }

    [Fact]
    public void A_peer_that_never_acknowledges_ends_in_CLOSED_after_645_seconds()
    {
        var host = EngineHost.ConnectedSingle();
        host.PeerAcknowledges = false;
        host.Says("AT+CIPSEND=1\r", "\r\n> ");
        host.Says("x", "");
        host.Hears("", 640);
        host.Hears("\r\nCLOSED\r\n", 10);
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CIPSEND=0,1461\r")]
    [InlineData("AT+CIPSEND=0,0\r")]
    [InlineData("AT+CIPSEND=0,x\r")]
    [InlineData("AT+CIPSEND=7,5\r")]
    [InlineData("AT+CIPSEND\r")]
    public void An_impossible_length_is_an_error_without_a_prompt(string command) => EngineHost.Connected().Says(command, "\r\nERROR\r\n");

    [Fact]
    public void Without_a_link_there_is_no_prompt()
    {
        var host = EngineHost.Connectable();
        host.Exchange("AT+CMEE=2\r");
        host.Says("AT+CIPSEND=0,5\r", "\r\n+CME ERROR: operation not allowed\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+CME ERROR: operation not allowed\r\n");
    }

    [Fact]
    public void Without_a_length_Ctrl_Z_sends_and_escape_gives_up()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CIPSEND=0\r", "\r\n> ");
        host.Says("hello\u001A", "\r\nDATA ACCEPT:0,5\r\n");
        host.Says("AT+CIPSEND=0\r", "\r\n> ");
        host.Says("hello\u001B", "\r\nOK\r\n");
        Assert.Equal("hello"u8.ToArray(), host.SentToPeer);
        host = EngineHost.ConnectedSingle();
        host.Says("AT+CIPSEND\r", "\r\n> ");
        host.Says("hello\u001A", "\r\nSEND OK\r\n");
    }

    [Fact]
    public void A_short_payload_swallows_the_commands_behind_it()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CIPSEND=0,10\r", "\r\n> ");
        host.Says("hello", "");
        host.Says("AT+C", "");
        host.Says("S", "\r\nDATA ACCEPT:0,10\r\n");
        Assert.Equal("helloAT+CS"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void The_auto_send_timer_sends_a_short_payload()
    {
        var host = EngineHost.Connected();
        host.Says("AT+CIPATS=1,3\r", "\r\nOK\r\n");
        host.Says("AT+CIPSEND=0,10\r", "\r\n> ");
        host.Says("hello", "");
        host.Hears("\r\nDATA ACCEPT:0,5\r\n", 2.1);
    }

    [Theory]
    [InlineData(0, "", "\r\nSEND OK\r\n")]
    [InlineData(1, "\r\n> ", "\r\nSEND OK\r\n")]
    [InlineData(2, "", "")]
    public void The_prompt_setting_takes_away_what_it_says(int setting, string prompt, string confirmation)
    {
        var host = EngineHost.ConnectedSingle(settings: $"AT+CIPSPRT={setting}\r");
        host.Says("AT+CIPSEND=5\r", prompt);
        host.Says("hello", confirmation);
        host.Says("AT\r", "\r\nOK\r\n");
    }

    [Fact]
    public void With_echo_the_payload_comes_back()
    {
        var host = EngineHost.ConnectedSingle();
        host.Exchange("ATE1\r");
        host.Says("AT+CIPSEND=5\r", "AT+CIPSEND=5\r\r\n> ");
        host.Says("hello", "hello\r\nSEND OK\r\n");
    }

    [Fact]
    public void A_full_send_buffer_delays_the_confirmation_and_shows_in_the_query()
    {
        var host = EngineHost.Connected(new VirtualModemOptions { SendBufferSize = 2000 });
        host.PeerAcknowledges = false;
        host.Exchange("AT+CIPSEND=0,1460\r");
        host.Says(new string('x', 1460), "\r\nDATA ACCEPT:0,1460\r\n");
        Assert.StartsWith("\r\n+CIPSEND: 0,540\r\n", host.Exchange("AT+CIPSEND?\r"));
        host.Exchange("AT+CIPSEND=0,1000\r");
        host.Says(new string('y', 1000), "");
        host.Engine.Ip.Sender.Acknowledged(host.LastConnection, 1460);
        host.Hears("\r\nDATA ACCEPT:0,1000\r\n");
        Assert.Equal(2460, host.SentToPeer.Count);
    }

    [Fact]
    public void A_link_that_closes_while_its_buffer_is_full_fails_the_send()
    {
        var host = EngineHost.Connected(new VirtualModemOptions { SendBufferSize = 1460 });
        host.PeerAcknowledges = false;
        host.Exchange("AT+CIPSEND=0,1460\r");
        host.Exchange(new string('x', 1460));
        host.Exchange("AT+CIPSEND=0,1460\r");
        host.Says(new string('y', 1460), "");
        host.PeerCloses();
        host.Hears("\r\n0, SEND FAIL\r\n\r\n0, CLOSED\r\n", 5);
    }

    [Fact]
    public void The_uplink_rate_holds_the_bytes_back()
    {
        var host = EngineHost.Connected(new VirtualModemOptions { UplinkKbps = 8 });
        host.Exchange("AT+CIPSEND=0,1000\r");
        host.Exchange(new string('x', 1000), 0.1);
        host.Wait(0.9);
        Assert.Empty(host.SentToPeer);
        host.Wait(0.2);
        Assert.Equal(1000, host.SentToPeer.Count);
    }
}
