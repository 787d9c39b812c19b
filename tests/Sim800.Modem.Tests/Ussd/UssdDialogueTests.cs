using TestKit;

namespace Sim800.Modem.Tests.Ussd;

public sealed class UssdDialogueTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_request_gets_its_reply_which_comes_after_the_OK()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CUSD=1,\"*100#\",15\r", "<< \r\nOK\r\n\r\n+CREG: 1\r\n\r\n+CUSD: 1, \"Balance 5.20\r\n1 More\r\n2 End\", 15\r\n",
            ">> AT+CUSD=1,\"2\",15\r", "<< \r\n+CUSD: 0,\"Bye\",15\r\n\r\nOK\r\n");

        Assert.Equal(new UssdReply(UssdStatus.ActionRequired, "Balance 5.20\n1 More\n2 End"), await talk.Modem.Network.SendUssdAsync("*100#", Ct));
        Assert.Equal(new UssdReply(UssdStatus.Completed, "Bye"), await talk.Modem.Network.SendUssdAsync("2", Ct));
        await talk.PlayedAsync();
    }

    [Theory(Timeout = 120_000)]
    [InlineData("4", UssdReason.NotSupported)]
    [InlineData("5", UssdReason.TimedOut)]
    public async Task A_network_that_does_not_serve_it_says_so(string status, UssdReason reason)
    {
        await using var talk = await Talk.OpenAsync(">> AT+CUSD=1,\"*1#\",15\r", $"<< \r\nOK\r\n\r\n+CUSD: {status}\r\n");

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
            clock, ">> AT+CUSD=1,\"*100#\",15\r", "<< \r\nOK\r\n");

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
        await using var talk = await Talk.OpenAsync(">> AT+CUSD=1,\"*100#\",15\r", "<< \r\nOK\r\n");

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
