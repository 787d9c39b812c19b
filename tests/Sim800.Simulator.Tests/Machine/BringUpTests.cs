namespace Sim800.Simulator.Tests.Machine;

public sealed class BringUpTests
{
    [Fact]
    public void The_minimal_bring_up_plays_byte_for_byte()
    {
        var host = new EngineHost();
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n");
        host.Says("AT+CMEE=2\r", "\r\nOK\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
        host.Says("AT+CREG?\r", "\r\n+CREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        host.Says("AT+CIPMUX=1\r", "\r\nOK\r\n");
        host.Says("AT+CIPQSEND=1\r", "\r\nOK\r\n");
        host.Says("AT+CIPRXGET=1\r", "\r\nOK\r\n");
        host.Says("AT+CSTT=\"internet\",\"\",\"\"\r", "\r\nOK\r\n");
        host.Says("AT+CIICR\r", "\r\nOK\r\n");
        host.Says("AT+CIFSR;E0\r", "\r\n10.0.109.44\r\n\r\nOK\r\n");
        host.Says("AT+CDNSCFG=\"8.8.8.8\",\"8.8.4.4\"\r", "\r\nOK\r\n");
        host.Says("AT+CIPSSL=0\r", "\r\nERROR\r\n");
        host.Says("AT+CIPSTART=0,\"TCP\",\"broker.example.org\",1883\r", "\r\nOK\r\n\r\n0, CONNECT OK\r\n");
        host.Says("AT+CIPSTATUS=0\r", "\r\n+CIPSTATUS: 0,0,\"TCP\",\"198.51.100.7\",\"1883\",\"CONNECTED\"\r\n\r\nOK\r\n");
        host.Says("AT+CIPSEND?\r", "\r\n+CIPSEND: 0,1460\r\n+CIPSEND: 1,0\r\n+CIPSEND: 2,0\r\n+CIPSEND: 3,0\r\n+CIPSEND: 4,0\r\n+CIPSEND: 5,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPSEND=0,5\r", "\r\n> ");
        host.Says("hello", "\r\nDATA ACCEPT:0,5\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+CIPACK: 5,5,0\r\n\r\nOK\r\n");
        host.PeerSends("world!");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,6\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,4\r", "\r\n+CIPRXGET: 2,0,4,2\r\nworl\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1460\r", "\r\n+CIPRXGET: 2,0,2,0\r\nd!\r\nOK\r\n");
        host.Says("AT+CIPCLOSE=0,1\r", "\r\n0, CLOSE OK\r\n");
        host.Says("AT+CIPSHUT\r", "\r\nSHUT OK\r\n");
        Assert.Equal("hello"u8.ToArray(), host.SentToPeer);
    }

    [Fact]
    public void Any_split_of_the_hosts_bytes_gives_the_same_conversation()
    {
        const string conversation = "ATE0\rAT+CIPMUX=1;+CIPQSEND=1;+CSTT\rAT+CIICR\rAT+CIFSR\rAT+CIPSTART=0,\"TCP\",\"198.51.100.7\",80\rAT+CIPSEND=0,3\r";
        var whole = Play([conversation.Length], conversation);
        foreach (var pieces in TestKit.Splits.Of(conversation.Length))
        {
            Assert.Equal(whole, Play(pieces, conversation));
        }
    }

    private static string Play(int[] pieces, string conversation)
    {
        var host = new EngineHost();
        var start = 0;
        foreach (var piece in pieces)
        {
            host.Send(conversation.Substring(start, piece));
            start += piece;
        }

        var said = host.Wait(2);
        return said + host.Exchange("abc");
    }
}
