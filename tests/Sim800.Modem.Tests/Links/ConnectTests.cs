using static Sim800.Modem.Tests.Conversations;

namespace Sim800.Modem.Tests.Links;

public sealed class ConnectTests
{
    private const string Start0 = ">> AT+CIPSTART=0,\"TCP\",\"h\",1\r";
    private const string Start1 = ">> AT+CIPSTART=1,\"TCP\",\"h\",1\r";
    private static readonly string[] Connecting =
        [">> AT+CIPSTATUS=0\r", "<< \r\n+CIPSTATUS: 0,0,\"TCP\",\"192.0.2.1\",\"1\",\"CONNECTING\"\r\n\r\nOK\r\n"];

    /// <summary>80 s without an outcome, in which the modem is asked every ten.</summary>
    private static readonly string[] NoOutcome = [Start0, "<< \r\nOK\r\n", .. Of([.. Enumerable.Repeat(Connecting, 7)])];

    private static readonly string[] Up = Of(Conversations.Open, Attach);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("\r\nOK\r\n\r\n0, CONNECT FAIL\r\n", TcpConnectReason.Failed, "CONNECT FAIL")]
    [InlineData("\r\nOK\r\n\r\n0,CONNECT FAIL\r\n", TcpConnectReason.Failed, "CONNECT FAIL")]
    [InlineData("\r\nOK\r\n\r\n0, CLOSE OK\r\n", TcpConnectReason.Closed, "CLOSE OK")]
    [InlineData("\r\nOK\r\n\r\n0, CLOSED\r\n", TcpConnectReason.Closed, "CLOSED")]
    [InlineData("\r\nOK\r\n\r\n+PDP: DEACT\r\n", TcpConnectReason.ContextLost, "+PDP: DEACT")]
    [InlineData("\r\nOK\r\n\r\nRDY\r\n", TcpConnectReason.ContextLost, null)]
    public async Task An_outcome_that_is_no_connection_is_told(string answer, TcpConnectReason reason, string? words)
    {
        string[] lookup = [">> AT+CDNSGIP=\"h\"\r", "<< \r\nOK\r\n\r\n+CDNSGIP: 1,\"h\",\"1.2.3.4\"\r\n"];
        await using var script = new ModemScript(Up, [Start0, "<< " + answer], reason == TcpConnectReason.Failed ? lookup : []);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        Assert.Equal((reason, words), (refused.Reason, refused.Answer));
        Assert.True(refused.IsTransient);
        Assert.Contains(words is null ? "restarted" : "", refused.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("+CDNSGIP: 0,8", TcpConnectReason.HostNotFound)]
    [InlineData("+CDNSGIP:0,8", TcpConnectReason.HostNotFound)]
    [InlineData("+CDNSGIP: 0,3", TcpConnectReason.Failed)]
    public async Task A_host_without_an_address_is_told_from_one_that_does_not_listen(string lookup, TcpConnectReason reason)
    {
        await using var script = new ModemScript(
            Up, [Start0, "<< \r\nOK\r\n\r\n0, CONNECT FAIL\r\n", ">> AT+CDNSGIP=\"h\"\r", $"<< \r\nOK\r\n\r\n{lookup}\r\n"]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        Assert.Equal((reason, "CONNECT FAIL"), (refused.Reason, refused.Answer));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_address_is_not_looked_up()
    {
        await using var script = new ModemScript(
            Up, [">> AT+CIPSTART=0,\"TCP\",\"10.0.0.1\",1\r", "<< \r\nOK\r\n\r\n0, CONNECT FAIL\r\n"]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("10.0.0.1", 1, Ct));
        Assert.Equal(TcpConnectReason.Failed, refused.Reason);
    }

    [Fact(Timeout = 120_000)]
    public async Task Links_are_opened_side_by_side()
    {
        await using var script = new ModemScript(
            Up, [Start0, "<< \r\nOK\r\n", Start1, "<< \r\nOK\r\n\r\n1, CONNECT OK\r\n\r\n0, CONNECT OK\r\n"]);
        await using var modem = await script.OpenAsync();
        var first = modem.ConnectTcpAsync("h", 1, Ct);
        var second = modem.ConnectTcpAsync("h", 1, Ct);
        Assert.Equal((1, 0), ((await second).Link, (await first).Link));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_link_that_fails_beside_another_fails_alone()
    {
        await using var script = new ModemScript(
            Up, [Start0, "<< \r\nOK\r\n", Start1, "<< \r\nOK\r\n\r\n0, CLOSED\r\n\r\n1, CONNECT OK\r\n"]);
        await using var modem = await script.OpenAsync();
        var first = modem.ConnectTcpAsync("h", 1, Ct);
        var second = modem.ConnectTcpAsync("h", 1, Ct);
        Assert.Equal(TcpConnectReason.Closed, (await Assert.ThrowsAsync<TcpConnectException>(() => first)).Reason);
        Assert.Equal(1, (await second).Link);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stale_link_is_closed()
    {
        await using var script = new ModemScript(
            Up, [Start0, "<< \r\n0, ALREADY CONNECT\r\n", ">> AT+CIPCLOSE=0,1\r", "<< \r\n0, CLOSE OK\r\n"]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        Assert.Equal("ALREADY CONNECT", refused.Answer);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stale_link_that_is_told_of_after_an_error_is_closed_before_the_next_attempt()
    {
        await using var script = new ModemScript(
            Up,
            [
                Start0, "<< \r\nERROR\r\n",
                ">> AT+CIPSTATUS\r", "<< \r\n0, ALREADY CONNECT\r\n\r\nOK\r\n\r\nSTATE: IP PROCESSING\r\n",
                ">> AT+CIPCLOSE=0,1\r", "<< \r\n0, CLOSE OK\r\n",
                Start0, "<< \r\nOK\r\n\r\n0, CONNECT OK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        Assert.Equal(0, (await modem.ConnectTcpAsync("h", 1, Ct)).Link);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_serial_line_that_dies_while_connecting_is_told_as_that()
    {
        var script = new ModemScript(Up, [Start0, "<< \r\nOK\r\n"]);
        await using var modem = await script.OpenAsync();
        await modem.AttachAsync(Ct);
        var connecting = modem.ConnectTcpAsync("h", 1, Ct);
        await script.PlayedAsync();
        await script.DisposeAsync();
        var closed = await Assert.ThrowsAsync<ModemClosedException>(() => connecting);
        Assert.IsType<EndOfStreamException>(closed.InnerException);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_carries_the_state_of_the_modem()
    {
        await using var script = new ModemScript(
            Up, [Start0, "<< \r\n+CME ERROR: 3\r\n", ">> AT+CIPSTATUS\r", "<< \r\nOK\r\n\r\nSTATE: IP PROCESSING\r\n"]);
        await using var modem = await script.OpenAsync();
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        Assert.Equal((TcpConnectReason.NotAllowed, "IP PROCESSING", "+CME ERROR: 3"), (refused.Reason, refused.State, refused.Answer));
        Assert.Equal("AT+CIPSTART=0,\"TCP\",\"h\",1", refused.Command);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_context_that_was_lost_unnoticed_is_rebuilt_at_once()
    {
        await using var script = new ModemScript(
            Up,
            [Start0, "<< \r\nERROR\r\n", ">> AT+CIPSTATUS\r", "<< \r\nOK\r\n\r\nSTATE: IP INITIAL\r\n"],
            Attach,
            [Start0, "<< \r\nOK\r\n\r\n0, CONNECT OK\r\n"]);
        await using var modem = await script.OpenAsync();
        var connection = await modem.ConnectTcpAsync("h", 1, Ct);
        Assert.True(connection.IsOpen);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_late_failure_inside_another_command_is_nobodys_answer()
    {
        await using var script = new ModemScript(
            Up,
            [
                .. NoOutcome,
                ">> AT+CIPCLOSE=0,1\r", "<< \r\nERROR\r\n",
                ">> AT+CSQ\r", "<< \r\n0, CONNECT FAIL\r\n\r\n+CSQ: 24,0\r\n\r\nOK\r\n",
                Start0, "<< \r\nOK\r\n\r\n0, CONNECT OK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        var lost = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        Assert.Equal(TcpConnectReason.NoOutcome, lost.Reason);
        var signal = await modem.Channel.SendAsync(
            new Modem.At.AtCommand("AT+CSQ", TimeSpan.FromSeconds(5)) { Information = ["+CSQ:*"] }, Ct);
        Assert.Equal(["+CSQ: 24,0"], signal.Information);
        var connection = await modem.ConnectTcpAsync("h", 1, Ct);
        Assert.Equal(0, connection.Link);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_link_that_opens_after_it_was_given_up_is_closed_before_the_next_one()
    {
        await using var script = new ModemScript(
            Up,
            [
                .. NoOutcome,
                ">> AT+CIPCLOSE=0,1\r", "<< \r\nERROR\r\n\r\n0, CONNECT OK\r\n",
                ">> AT+CIPCLOSE=0,1\r", "<< \r\n0, CLOSE OK\r\n",
                Start0, "<< \r\nOK\r\n\r\n0, CONNECT OK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        await modem.ConnectTcpAsync("h", 1, Ct);
        await script.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_number_whose_outcome_is_still_owed_is_not_given_to_the_next()
    {
        await using var script = new ModemScript(
            Up,
            [
                .. NoOutcome,
                ">> AT+CIPCLOSE=0,1\r", "<< \r\nERROR\r\n",
                Start1, "<< \r\nOK\r\n\r\n0, CONNECT FAIL\r\n\r\n1, CONNECT OK\r\n",
            ]);
        await using var modem = await script.OpenAsync();
        await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        var connection = await modem.ConnectTcpAsync("h", 1, Ct);
        Assert.Equal(1, connection.Link);
    }

    [Fact(Timeout = 120_000)]
    public async Task Who_gives_up_connecting_leaves_no_link_behind()
    {
        await using var script = new ModemScript(
            Up, [Start0, "<< \r\nOK\r\n", ">> AT+CIPCLOSE=0,1\r", "<< \r\n0, CLOSE OK\r\n", Start0, "<< \r\nOK\r\n\r\n0, CONNECT OK\r\n"]);
        await using var modem = await script.OpenAsync();
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(3), script.Clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => modem.ConnectTcpAsync("h", 1, impatience.Token));
        Assert.Equal(0, (await modem.ConnectTcpAsync("h", 1, Ct)).Link);
        await script.PlayedAsync();
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("two words", 1)]
    [InlineData("quo\"te", 1)]
    [InlineData("line\rbreak", 1)]
    public async Task A_host_that_could_break_out_of_the_command_is_refused(string host, int port)
    {
        await using var script = new ModemScript(Up);
        await using var modem = await script.OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => modem.ConnectTcpAsync(host, port, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => modem.ConnectTcpAsync("h", 0, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => modem.ConnectTcpAsync("h", 65536, Ct));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("CONNECT FAIL", TcpConnectReason.Failed)]
    [InlineData("CONNECT OK", TcpConnectReason.NotAllowed)]
    [InlineData("ALREADY CONNECT", TcpConnectReason.NotAllowed)]
    [InlineData("ERROR", TcpConnectReason.NotAllowed)]
    public async Task A_transparent_connection_that_did_not_open_is_told(string answer, TcpConnectReason reason)
    {
        string[] attach =
        [
            .. Attach[..4],
            ">> AT+CIPMUX=0;+CIPMODE=1;+CIPCCFG=5,2,1024,1;+CIPSSL=0\r", "<< \r\nOK\r\n",
            .. Attach[6..],
        ];
        string[] refusal =
        [
            ">> AT+CIPSTART=\"TCP\",\"h\",1\r", $"<< \r\nOK\r\n\r\n{answer}\r\n",
            .. reason == TcpConnectReason.Failed
                ? (string[])[">> AT+CDNSGIP=\"h\"\r", "<< \r\nERROR\r\n"]
                : [">> AT+CIPSTATUS\r", "<< \r\nOK\r\n\r\nSTATE: CONNECT OK\r\n"],
        ];
        string[] again = reason == TcpConnectReason.Failed ? [] : [.. attach, .. refusal];
        await using var script = new ModemScript(Conversations.Open, attach, refusal, again);
        await using var modem = await script.OpenAsync(script.Options with { ReceiveMode = ModemReceiveMode.Transparent });
        var refused = await Assert.ThrowsAsync<TcpConnectException>(() => modem.ConnectTcpAsync("h", 1, Ct));
        Assert.Equal(reason, refused.Reason);
        await script.PlayedAsync();
    }
}
