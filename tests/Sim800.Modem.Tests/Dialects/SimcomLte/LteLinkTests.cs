using System.Text;
using static Sim800.Modem.Tests.Dialects.SimcomLte.LteConversations;

namespace Sim800.Modem.Tests.Dialects.SimcomLte;

/// <summary>What happens on an open link of an LTE module, byte for byte.</summary>
public sealed class LteLinkTests
{
    private static readonly string[] UpToLink = [.. Open, .. Attach, .. Connect];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_send_waits_for_its_confirmation_and_takes_1500_bytes()
    {
        var payload = new string('x', 1600);
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,1500\r", "<< \r\n>", ">> " + payload[..1500], "<< \r\nOK\r\n\r\n+CIPSEND: 0,1500,1500\r\n",
                ">> AT+CIPSEND=0,100\r", "<< \r\n> ", ">> " + payload[..100], "<< \r\nOK\r\n\r\n+CIPSEND: 0,100,100\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync(Encoding.ASCII.GetBytes(payload), Ct);
        await script.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("\r\nOK\r\n\r\n+CIPSEND: 0,1,-1\r\n", TcpLinkReason.SendFailed)]
    [InlineData("\r\nOK\r\n\r\n+CIPSEND: 0,1,0\r\n", TcpLinkReason.SendFailed)]
    [InlineData("\r\nOK\r\n\r\n+IPCLOSE: 0,2\r\n", TcpLinkReason.ClosedByPeer)]
    [InlineData("\r\nOK\r\n\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n", TcpLinkReason.ContextDeactivated)]
    [InlineData("\r\nOK\r\n\0\r\n*ATREADY: 1\r\n", TcpLinkReason.ModemRestarted)]
    public async Task A_send_that_ends_otherwise_is_the_end_of_the_link(string answer, TcpLinkReason reason)
    {
        await using var script = new ModemScript(UpToLink, [">> AT+CIPSEND=0,1\r", "<< \r\n>", ">> a", "<< " + answer]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        await script.PlayedAsync();
        var lost = await Assert.ThrowsAsync<TcpLinkException>(() => WriteUntilLostAsync(connection));
        Assert.Equal(reason, lost.Reason);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(4, TcpLinkReason.SendFailed)]
    [InlineData(2, TcpLinkReason.ContextDeactivated)]
    public async Task A_refused_send_tells_the_code_of_the_modem(int code, TcpLinkReason reason)
    {
        await using var script = new ModemScript(UpToLink, [">> AT+CIPSEND=0,1\r", $"<< \r\n+CIPERROR: {code}\r\n\r\nERROR\r\n"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(() => WriteUntilLostAsync(connection));
        Assert.Equal((reason, $"+CIPERROR: {code}", "AT+CIPSEND=0,1"), (lost.Reason, lost.Answer, lost.Command));
    }

    [Fact(Timeout = 120_000)]
    public async Task After_the_peers_close_the_rest_is_read_and_the_link_closed_here_too()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                "<< \r\n+CIPRXGET: 1,0\r\n\r\n+IPCLOSE: 0,1\r\n",
                ">> AT+CIPRXGET=2,0,1500\r", "<< \r\n+CIPRXGET: 2,0,3,4\r\nabc\r\nOK\r\n",
                ">> AT+CIPRXGET=2,0,1500\r", "<< \r\n+CIPRXGET: 2,0,4,0\r\ndefg\r\nOK\r\n",
                ">> AT+CIPRXGET=2,0,1500\r", "<< \r\n+IP ERROR: No data\r\n\r\nERROR\r\n",
                ">> AT+CIPCLOSE=0\r", "<< \r\n+CIPCLOSE: 0,4\r\n\r\nERROR\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        using var reader = new StreamReader(connection.AsStream(), Encoding.ASCII);
        Assert.Equal("abcdefg", await reader.ReadToEndAsync(Ct));
        await connection.DisposeAsync();
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_silent_link_is_asked_how_much_there_is_and_read_when_there_is_something()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,1\r", "<< \r\n>", ">> a", "<< \r\nOK\r\n\r\n+CIPSEND: 0,1,1\r\n",
                ">> AT+CIPRXGET=4,0\r", "<< \r\n+CIPRXGET: 4,0,0\r\n\r\nOK\r\n",
                ">> AT+CIPRXGET=4,0\r", "<< \r\n+CIPRXGET: 4,0,1\r\n\r\nOK\r\n",
                ">> AT+CIPRXGET=2,0,1500\r", "<< \r\n+CIPRXGET: 2,0,1,0\r\nb\r\nOK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        var read = await connection.Input.ReadAtLeastAsync(1, Ct);
        Assert.Equal("b", Encoding.ASCII.GetString(read.Buffer));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_close_waits_for_the_acknowledgement_and_has_two_parts()
    {
        await using var script = new ModemScript(
            UpToLink,
            [
                ">> AT+CIPSEND=0,1\r", "<< \r\n>", ">> a", "<< \r\nOK\r\n\r\n+CIPSEND: 0,1,1\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 1,0,5\r\n\r\nOK\r\n",
                ">> AT+CIPACK=0\r", "<< \r\n+CIPACK: 1,1,5\r\n\r\nOK\r\n",
                ">> AT+CIPCLOSE=0\r", "<< \r\nOK\r\n\r\n+CIPCLOSE: 0,0\r\n",
            ],
            Connect);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        await connection.Output.WriteAsync("a"u8.ToArray(), Ct);
        while (connection.SentBytes == 0)
        {
            await Task.Yield();
        }

        await connection.DisposeAsync();
        await ConnectAsync(modem); // the number is free again
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_service_that_closed_without_a_word_is_opened_at_once()
    {
        await using var script = new ModemScript(
            Open,
            Attach,
            [
                ">> AT+CIPRXGET=1\r", "<< \r\nOK\r\n",
                ">> AT+CIPOPEN=0,\"TCP\",\"broker.example.org\",8883\r", "<< \r\n+CIPOPEN: 0,2\r\n\r\nERROR\r\n",
                ">> AT+NETOPEN?\r", "<< \r\n+NETOPEN: 0\r\n\r\nOK\r\n",
            ],
            Attach,
            Connect);
        await using var modem = await script.OpenAsync();
        await modem.AttachAsync(Ct);
        await ConnectAsync(modem);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_detached_modem_is_asked_whether_the_service_is_open()
    {
        await using var script = new ModemScript(
            UpToLink, ["<< \r\n+CGEV: NW DETACH\r\n", ">> AT+NETOPEN?\r", "<< \r\n+NETOPEN: 0\r\n\r\nOK\r\n"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAtLeastAsync(1, Ct));
        Assert.Equal(TcpLinkReason.ContextDeactivated, lost.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task Pushed_data_is_the_sign_of_a_restart_that_was_not_seen()
    {
        await using var script = new ModemScript(UpToLink, ["<< \r\nRECV FROM:192.0.2.1:8883\r\n+IPD4\r\nabcd"]);
        await using var modem = await script.OpenAsync();
        var connection = await ConnectAsync(modem);
        var lost = await Assert.ThrowsAsync<TcpLinkException>(async () => await connection.Input.ReadAtLeastAsync(1, Ct));
        Assert.Equal(TcpLinkReason.ModemRestarted, lost.Reason);
    }

    private static Task<ModemTcpConnection> ConnectAsync(CellularModem modem) => modem.ConnectTcpAsync("broker.example.org", 8883, Ct);

    private static async Task WriteUntilLostAsync(ModemTcpConnection connection)
    {
        while (true)
        {
            await connection.Output.WriteAsync("b"u8.ToArray(), Ct);
            await Task.Yield();
        }
    }
}
