using Sim800.Simulator.Tests.Machine;

namespace Sim800.Simulator.Tests.Lte;

public sealed class LteBringUpTests
{
    [Theory]
    [InlineData(VirtualModemModel.A7670E, false)]
    [InlineData(VirtualModemModel.A7670E, true)]
    [InlineData(VirtualModemModel.Sim7600E, false)]
    [InlineData(VirtualModemModel.Sim7600E, true)]
    public void The_minimal_bring_up_plays_byte_for_byte(VirtualModemModel model, bool isByByte)
    {
        var host = new EngineHost(LteHost.Options(model)) { IsByByte = isByByte };
        host.Says("AT\r", "AT\r\r\nOK\r\n");
        host.Says("ATE0\r", "ATE0\r\r\nOK\r\n");
        host.Says("AT+CMEE=2\r", "\r\nOK\r\n");
        host.Says("AT+CPIN?\r", "\r\n+CPIN: READY\r\n\r\nOK\r\n");
        host.Says("AT+CEREG?\r", "\r\n+CEREG: 0,1\r\n\r\nOK\r\n");
        host.Says("AT+CGDCONT=1,\"IP\",\"internet\"\r", "\r\nOK\r\n");
        host.Says("AT+CIPMODE=0\r", "\r\nOK\r\n");
        host.Says("AT+CIPSENDMODE=0\r", "\r\nOK\r\n");
        host.Says("AT+CIPCCFG=10,0,0,1,1,0,500\r", "\r\nOK\r\n");
        host.Says("AT+CIPTIMEOUT=75000,15000,15000\r", "\r\nOK\r\n");
        host.Says("AT+CIPRXGET=1\r", "\r\nOK\r\n");
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 0\r\n\r\nOK\r\n");
        host.Says("AT+NETOPEN\r", "\r\nOK\r\n\r\n+NETOPEN: 0\r\n");
        host.Says("AT+NETOPEN?\r", "\r\n+NETOPEN: 1\r\n\r\nOK\r\n");
        host.Says("AT+IPADDR\r", "\r\n+IPADDR: 10.0.109.44\r\n\r\nOK\r\n");
        host.Says("AT+CIPOPEN=0,\"TCP\",\"broker.example.org\",1883\r", "\r\nOK\r\n\r\n+CIPOPEN: 0,0\r\n");
        host.Says("AT+CIPSEND=0,31\r", "\r\n>");
        host.Says("0123456789012345678901234567890", "\r\nOK\r\n\r\n+CIPSEND: 0,31,31\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+CIPACK: 31,31,0\r\n\r\nOK\r\n");
        host.PeerSends("world!");
        host.Hears("\r\n+CIPRXGET: 1,0\r\n");
        host.Says("AT+CIPRXGET=4,0\r", "\r\n+CIPRXGET: 4,0,6\r\n\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,4\r", "\r\n+CIPRXGET: 2,0,4,2\r\nworl\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+CIPRXGET: 2,0,2,0\r\nd!\r\nOK\r\n");
        host.Says("AT+CIPRXGET=2,0,1500\r", "\r\n+IP ERROR: No data\r\n\r\nERROR\r\n");
        host.Says("AT+CIPACK=0\r", "\r\n+CIPACK: 31,31,6\r\n\r\nOK\r\n");
        host.Says("AT+CIPCLOSE?\r", "\r\n+CIPCLOSE: 1,0,0,0,0,0,0,0,0,0\r\n\r\nOK\r\n");
        host.Says("AT+CIPCLOSE=0\r", "\r\nOK\r\n\r\n+CIPCLOSE: 0,0\r\n");
        host.Says("AT+CIPCLOSE=0\r", "\r\n+CIPCLOSE: 0,4\r\n\r\nERROR\r\n");
        host.Says("AT+NETCLOSE\r", "\r\nOK\r\n\r\n+NETCLOSE: 0\r\n");
        host.Says("AT+NETCLOSE\r", "\r\n+NETCLOSE: 2\r\n\r\nERROR\r\n");
        Assert.Equal("0123456789012345678901234567890"u8.ToArray(), host.SentToPeer);
    }

    [Theory]
    [MemberData(nameof(LteHost.Models), MemberType = typeof(LteHost))]
    public void Any_split_of_the_hosts_bytes_gives_the_same_conversation(VirtualModemModel model)
    {
        const string conversation = "ATE0\rAT+CIPRXGET=1\rAT+NETOPEN\rAT+CIPOPEN=0,\"TCP\",\"198.51.100.7\",80\rAT+CIPSEND=0,3\r";
        var whole = Play(model, [conversation.Length], conversation);
        Assert.EndsWith("\r\n+CIPOPEN: 0,0\r\n\r\n>\r\nOK\r\n\r\n+CIPSEND: 0,3,3\r\n", whole, StringComparison.Ordinal);
        foreach (var pieces in TestKit.Splits.Of(conversation.Length))
        {
            Assert.Equal(whole, Play(model, pieces, conversation));
        }
    }

    private static string Play(VirtualModemModel model, int[] pieces, string conversation)
    {
        var host = new EngineHost(LteHost.Options(model));
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
