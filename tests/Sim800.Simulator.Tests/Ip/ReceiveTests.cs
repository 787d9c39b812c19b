using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Ip;

public sealed class ReceiveTests
{
    [Fact]
    public void The_notice_comes_once_until_everything_is_read()
    {
        var host = EngineHost.Connected();
        host.PeerSends("abc");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.PeerSends("def");
        host.Hears("");
        host.Says("AT+CIPRXGET=2,0,4\r", "\r\n+CIPRXGET: 2,0,4,2\r\nabcd\r\nOK\r\n");
        host.PeerSends("ghi");
        host.Hears("");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,5,0\r\nefghi\r\nOK\r\n");
        host.PeerSends("j");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
    }

    [Theory]
    [InlineData("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,0,0\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPRXGET=3,0,730\r", "\r\n+CIPRXGET: 3,0,0,0\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,0\r\n\r\nOK\r\n")]
    [InlineData("AT+CIPRXGET=4,1\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPRXGET=2,1,63\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPRXGET=2,0,1461\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPRXGET=3,0,731\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPRXGET=0\r", "\r\nERROR\r\n")]
    [InlineData("AT+CIPRXGET?\r", "\r\n+CIPRXGET: 1\r\n\r\nOK\r\n")]
    public void An_empty_or_missing_link_answers_as_the_reference_says(string command, string answer) =>
        EngineHost.Connected().Says(command, answer);

    [Fact]
    public void The_source_is_shown_in_notices_and_reads_when_asked_for()
    {
        var host = EngineHost.Connectable(settings: "AT+CIPMUX=1;+CIPRXGET=1;+CIPSRIP=1\r");
        host.Exchange("AT+CIPSTART=2,\"TCP\",\"198.51.100.7\",1883\r");
        host.PeerSends("abc");
        host.Hears("\r\n+CIPRXGET: 1,2,198.51.100.7:1883\r\n");
        host.Says("AT+CIPRXGET=4,2\r", "\r\n+CIPRXGET: 4,2,3\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,2,1460\r", "\r\n+CIPRXGET: 2,2,3,0,198.51.100.7:1883\r\nabc\r\nOK\r\n");
        host = EngineHost.ConnectedSingle(settings: "AT+CIPRXGET=1;+CIPSRIP=1\r");
        host.PeerSends("abc");
        host.Hears("\r\n+CIPRXGET: 1,198.51.100.7:1883\r\n");
        host.Says("AT+CIPRXGET=3,2\r", "\r\n+CIPRXGET: 3,2,1,198.51.100.7:1883\r\n6162\r\nOK\r\n");
    }

    [Fact]
    public void Hexadecimal_reads_are_upper_case_and_count_bytes()
    {
        var host = EngineHost.Connected();
        host.PeerSends("\u00FFab\n");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=3,0,3\r", "\r\n+CIPRXGET: 3,0,3,1\r\nFF6162\r\nOK\r\n");
        host.Says("AT+CIPRXGET=3,0,730\r", "\r\n+CIPRXGET: 3,0,1,0\r\n0A\r\nOK\r\n");
    }

    [Fact]
    public void A_single_link_leaves_out_the_number()
    {
        var host = EngineHost.ConnectedSingle(settings: "AT+CIPRXGET=1\r");
        host.PeerSends("abc");
        host.Hears("\r\n+CIPRXGET: 1\r\n");
        host.Says("AT+CIPRXGET=4\r", "\r\n+CIPRXGET: 4,3\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,2\r", "\r\n+CIPRXGET: 2,2,1\r\nab\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,1460\r", "\r\n+CIPRXGET: 2,1,0\r\nc\r\nOK\r\n");
    }

    [Theory]
    [InlineData("AT+CIPMUX=1\r", "\r\n+RECEIVE,0,5:\r\nhello")]
    [InlineData("AT+CIPMUX=1;+CIPSRIP=1\r", "\r\n+RECEIVE,0,5,198.51.100.7:1883:\r\nhello")]
    [InlineData("AT\r", "hello")]
    [InlineData("AT+CIPHEAD=1\r", "+IPD,5:hello")]
    [InlineData("AT+CIPHEAD=1;+CIPSHOWTP=1\r", "+IPD,5,TCP:hello")]
    [InlineData("AT+CIPSRIP=1\r", "\r\nRECV FROM:198.51.100.7:1883\r\nhello")]
    public void Pushed_data_is_framed_as_the_settings_say(string settings, string expected)
    {
        var host = EngineHost.Connectable(settings: settings);
        host.Exchange(settings.Contains("MUX", StringComparison.Ordinal)
            ? "AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r"
            : "AT+CIPSTART=\"TCP\",\"198.51.100.7\",1883\r");
        host.PeerSends("hello");
        host.Hears(expected);
    }

    [Fact]
    public void Pushed_data_follows_SEND_OK_without_any_frame()
    {
        var host = EngineHost.ConnectedSingle();
        host.Says("AT+CIPSEND=4\r", "\r\n> ");
        host.PeerSends("early");
        host.Hears("");
        host.Says("ping", "\r\nSEND OK\r\nearly");
    }

    [Fact]
    public void Long_pushed_data_comes_in_segments()
    {
        var host = EngineHost.Connectable(settings: "AT+CIPMUX=1\r");
        host.Exchange("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r");
        host.PeerSends(new string('x', 2000));
        host.Hears("\r\n+RECEIVE,0,1460:\r\n" + new string('x', 1460) + "\r\n+RECEIVE,0,540:\r\n" + new string('x', 540));
    }

    [Fact]
    public void A_restart_within_pushed_data_does_not_stop_what_is_pushed_after_it()
    {
        var host = EngineHost.Connectable(settings: "AT+CIPMUX=1\r");
        host.Exchange("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r");
        host.PeerSends(new string('x', 5000));
        var heard = "";
        while (!heard.Contains("+RECEIVE", StringComparison.Ordinal))
        {
            heard += host.Wait(0.001);
        }

        host.Engine.Power.PressReset();
        host.Wait(10);
        host.Exchange("AT+CIPMUX=1;+CSTT=\"internet\"\r");
        host.Exchange("AT+CIICR\r", 5);
        host.Exchange("AT+CIFSR\r");
        host.Exchange("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r");
        host.PeerSends("hello");
        host.Hears("\r\n+RECEIVE,0,5:\r\nhello");
    }

    [Fact]
    public void Data_that_looks_like_answers_is_only_data()
    {
        var host = EngineHost.Connected();
        host.PeerSends("\r\nOK\r\n\r\n0, CLOSED\r\n+PDP: DEACT");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,30,0\r\n\r\nOK\r\n\r\n0, CLOSED\r\n+PDP: DEACT\r\nOK\r\n");
    }

    [Fact]
    public void Reading_opens_the_window_again_half_a_round_trip_later()
    {
        var host = EngineHost.Connectable(new VirtualModemOptions { RoundTripTime = TimeSpan.FromSeconds(2), PdpActivationTime = TimeSpan.Zero, ReceiveBufferSize = 5000 });
        host.Exchange("AT+CIPSTART=0,\"TCP\",\"198.51.100.7\",1883\r", 5);
        Assert.Equal(5000, host.Granted);
        host.PeerSends(new string('x', 3000));
        host.Hears("\r\n+CIPRXGET: 1,0\r\n", 2);
        host.Exchange("AT+CIPRXGET=2,0,1000\r", 0.5);
        Assert.Equal(5000, host.Granted);
        host.Wait(1);
        Assert.Equal(6000, host.Granted);
    }

    [Fact]
    public void The_downlink_rate_delays_the_data()
    {
        var host = EngineHost.Connected(new VirtualModemOptions { DownlinkKbps = 8 });
        host.PeerSends(new string('x', 1000));
        host.Hears("", 0.99);
        host.Hears("\r\n+CIPRXGET: 1,0\r\n", 0.02);
    }
}
