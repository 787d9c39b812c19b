using TestKit;

namespace Sim800.Modem.Tests.Ussd;

public sealed class UssdDialogueTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_request_gets_its_reply_which_comes_after_the_OK()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+CUSD=1,\"*100#\",15\r", "<< \r\nOK\r\n\r\n+CREG: 1\r\n\r\n+CUSD: 1, \"Balance 5.20\r\n1 More\r\n2 End\", 15\r\n",
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+CUSD=1,\"2\",15\r", "<< \r\n+CUSD: 0,\"Bye\",15\r\n\r\nOK\r\n");

        Assert.Equal(new UssdReply(UssdStatus.ActionRequired, "Balance 5.20\n1 More\n2 End"), await talk.Modem.Network.SendUssdAsync("*100#", Ct));
        Assert.Equal(new UssdReply(UssdStatus.Completed, "Bye"), await talk.Modem.Network.SendUssdAsync("2", Ct));
        await talk.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("UCS2", "002A0031003000300023", "004C00650066007400200031002E00320035", 15)]
    [InlineData("UCS2", "002A0031003000300023", "004C00650066007400200031002E00320035", 72)]
    [InlineData("HEX", "2A31303023", "4C65667420312E3235", 15)]
    [InlineData("HEX", "2A31303023", "004C00650066007400200031002E00320035", 72)]
    [InlineData("GSM", "*100#", "Left 1.25", 15)]
    [InlineData("IRA", "*100#", "004C00650066007400200031002E00320035", 15)] // firmware that does not keep to it
    public async Task Whatever_character_set_another_program_has_left_the_reply_is_text(string set, string request, string reply, int scheme)
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CSCS?\r", $"<< \r\n+CSCS: \"{set}\"\r\n\r\nOK\r\n",
            $">> AT+CUSD=1,\"{request}\",15\r", $"<< \r\nOK\r\n\r\n+CUSD: 0,\"{reply}\",{scheme}\r\n");

        Assert.Equal("Left 1.25", (await talk.Modem.Network.SendUssdAsync("*100#", Ct)).Text);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_does_not_know_character_sets_is_asked_all_the_same()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CSCS?\r", "<< \r\nERROR\r\n",
            ">> AT+CUSD=1,\"*100#\",15\r", "<< \r\nOK\r\n\r\n+CUSD: 0,\"1 RING\r\nRDY\r\n\r\n0, CLOSED\",15\r\n");

        Assert.Equal("1 RING\nRDY\n\n0, CLOSED", (await talk.Modem.Network.SendUssdAsync("*100#", Ct)).Text);
        Assert.Equal(0, talk.Modem.RestartCount);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("4", UssdReason.NotSupported)]
    [InlineData("5", UssdReason.TimedOut)]
    public async Task A_network_that_does_not_serve_it_says_so(string status, UssdReason reason)
    {
        await using var talk = await Talk.OpenAsync(">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+CUSD=1,\"*1#\",15\r", $"<< \r\nOK\r\n\r\n+CUSD: {status}\r\n");

        var e = await Assert.ThrowsAsync<UssdException>(() => talk.Modem.Network.SendUssdAsync("*1#", Ct));

        Assert.Equal((reason, reason == UssdReason.TimedOut), (e.Reason, e.IsTransient));
        Assert.Equal("AT+CUSD=...", e.Command);
        Assert.DoesNotContain("*1#", e.Message, StringComparison.Ordinal); // it may be the code of a voucher
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_a_reply_the_dialogue_is_cancelled()
    {
        var clock = new ManualTimeProvider();
        await using var talk = await Talk.OpenAsync(
            clock, ">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+CUSD=1,\"*100#\",15\r", "<< \r\nOK\r\n");

        var reply = talk.Modem.Network.SendUssdAsync("*100#", Ct);
        await clock.PassAsync(TimeSpan.FromSeconds(60), Ct);
        await talk.PlayAsync(">> AT+CUSD=2\r", "<< \r\nOK\r\n");

        Assert.Equal(UssdReason.TimedOut, (await Assert.ThrowsAsync<UssdException>(() => reply)).Reason);
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_caller_who_gives_up_cancels_the_dialogue()
    {
        using var cancel = new CancellationTokenSource();
        await using var talk = await Talk.OpenAsync(">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+CUSD=1,\"*100#\",15\r", "<< \r\nOK\r\n");

        var reply = talk.Modem.Network.SendUssdAsync("*100#", cancel.Token);
        await talk.PlayedAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => talk.Modem.Network.SendUssdAsync("*101#", Ct));
        await cancel.CancelAsync();
        await talk.PlayAsync(">> AT+CUSD=2\r", "<< \r\nOK\r\n");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("")]
    [InlineData("*100#\",15\r\nAT+CPOWD=1\r\n")]
    [InlineData("ж")]
    public async Task What_would_break_the_command_line_is_refused(string request)
    {
        await using var talk = await Talk.OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => talk.Modem.Network.SendUssdAsync(request, Ct));
    }
}
