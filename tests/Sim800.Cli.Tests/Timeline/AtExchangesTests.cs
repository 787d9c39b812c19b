using System.Text;
using Sim800.Cli.Timeline;

namespace Sim800.Cli.Tests.Timeline;

public sealed class AtExchangesTests
{
    private readonly List<TimelineEvent> _events = [];
    private readonly AtExchanges _exchanges;

    public AtExchangesTests() => _exchanges = new AtExchanges(_events.Add);

    [Fact]
    public void A_command_ends_with_its_result()
    {
        Host(10, "AT+CSQ\r");
        Modem(15, "\r\n+CSQ: 2");
        Modem(16, "1,0\r\n\r\nOK\r\n");
        AssertTold((10, 16, "AT+CSQ: OK, 20 bytes back", TimelineWait.Modem));
    }

    [Fact]
    public void An_echo_is_no_answer()
    {
        Host(10, "AT+CREG?\r");
        Modem(12, "AT+CREG?\r\r\n+CREG: 0,1\r\n\r\nOK\r\n");
        AssertTold((10, 12, "AT+CREG?: OK, 29 bytes back", TimelineWait.Modem));
    }

    [Fact]
    public void A_payload_belongs_to_its_command_and_is_only_counted()
    {
        Host(10, "AT+CIPSEND=0,9\r");
        Modem(20, "\r\n> ");
        Host(21, "AT+SECRET");
        Modem(40, "\r\nDATA ACCEPT:0,9\r\n");
        AssertTold((10, 40, "AT+CIPSEND=0,9 + 9 bytes: DATA ACCEPT:0,9, 23 bytes back", TimelineWait.Modem));
        Assert.Equal(15 + 9, _events[0].Bytes);
    }

    [Fact]
    public void Data_that_is_read_is_not_looked_at()
    {
        Host(10, "AT+CIPRXGET=2,0,1460\r");
        Modem(20, "\r\n+CIPRXGET: 2,0,17,0\r\n\r\nOK\r\nmy secret\r\n");
        Modem(21, "\r\nOK\r\n");
        AssertTold((10, 21, "AT+CIPRXGET=2,0,1460: OK, 46 bytes back", TimelineWait.Modem));
    }

    [Fact]
    public void A_connection_is_waited_for_in_the_network()
    {
        Host(10, "AT+CIPSTART=0,\"TCP\",\"h\",8883\r");
        Modem(20, "\r\nOK\r\n");
        Modem(1200, "\r\n0, CONNECT OK\r\n");
        AssertTold(
            (10, 20, "AT+CIPSTART=0,\"TCP\",\"…\",8883: OK, 6 bytes back", TimelineWait.Modem),
            (20, 1200, "connecting: 0, CONNECT OK", TimelineWait.Network));
    }

    [Fact]
    public void A_second_part_of_an_answer_is_waited_for_in_the_network()
    {
        Host(10, "AT+NETOPEN\r");
        Modem(20, "\r\nOK\r\n");
        Modem(900, "\r\n+CGEV: ME PDN ACT 1\r\n\r\n+NETOPEN: 0\r\n");
        Host(1000, "AT+CIPOPEN=0,\"TCP\",\"h\",8883\r");
        Modem(1010, "\r\nOK\r\n");
        Modem(1200, "\r\n+CIPOPEN: 0,0\r\n");
        Host(1300, "AT+CIPSEND=0,2\r");
        Modem(1310, "\r\n>");
        Host(1311, "hi");
        Modem(1320, "\r\nOK\r\n\r\n+CIPSEND: 0,2,2\r\n");
        AssertTold(
            (10, 20, "AT+NETOPEN: OK, 6 bytes back", TimelineWait.Modem),
            (900, 900, "+CGEV: …", TimelineWait.Nobody),
            (20, 900, "opening the data connection: +NETOPEN: 0", TimelineWait.Network),
            (1000, 1010, "AT+CIPOPEN=0,\"TCP\",\"…\",8883: OK, 6 bytes back", TimelineWait.Modem),
            (1010, 1200, "connecting: +CIPOPEN: 0,0", TimelineWait.Network),
            (1300, 1320, "AT+CIPSEND=0,2 + 2 bytes: OK, 28 bytes back", TimelineWait.Modem),
            (1320, 1320, "sending: +CIPSEND: 0,2,2", TimelineWait.Network));
    }

    [Fact]
    public void The_same_words_are_information_where_nothing_was_promised()
    {
        Host(10, "AT+NETOPEN?\r");
        Modem(20, "\r\n+NETOPEN: 1\r\n\r\nOK\r\n");
        Host(30, "AT+CIPOPEN=0,\"TCP\",\"h\",8883\r");
        Modem(40, "\r\n+CIPOPEN: 0,2\r\n\r\nERROR\r\n");
        AssertTold(
            (10, 20, "AT+NETOPEN?: OK, 21 bytes back", TimelineWait.Modem),
            (30, 40, "AT+CIPOPEN=0,\"TCP\",\"…\",8883: ERROR, 26 bytes back", TimelineWait.Modem));
    }

    [Fact]
    public void An_outcome_that_never_comes_is_waited_for_to_the_end()
    {
        Host(10, "AT+NETOPEN\r");
        Modem(20, "\r\nOK\r\n");
        _exchanges.Close(900);
        AssertTold(
            (10, 20, "AT+NETOPEN: OK, 6 bytes back", TimelineWait.Modem), (20, 900, "opening the data connection: given up", TimelineWait.Network));
    }

    [Fact]
    public void What_the_modem_says_by_itself_is_a_moment()
    {
        Modem(30, "\r\n+CMT: \"+491701234567\"\r\nhello\r\n");
        AssertTold((30, 30, "+CMT: …", TimelineWait.Nobody), (30, 30, "…", TimelineWait.Nobody));
    }

    [Fact]
    public void A_command_without_a_result_ends_with_the_next_or_with_the_recording()
    {
        Host(10, "AT\r");
        Modem(12, "??");
        Host(500, "AT\r");
        _exchanges.Close(900);
        AssertTold((10, 12, "AT: no result, 2 bytes back", TimelineWait.Modem), (500, 900, "AT: no result, 0 bytes back", TimelineWait.Modem));
    }

    private void Host(double at, string text) => _exchanges.Sent(at, Encoding.Latin1.GetBytes(text));

    private void Modem(double at, string text) => _exchanges.Received(at, Encoding.Latin1.GetBytes(text));

    private void AssertTold(params (double Start, double End, string Text, TimelineWait Wait)[] told) =>
        Assert.Equal(told, _events.Select(one => (one.Start, one.End, one.Text, one.Wait)));
}
