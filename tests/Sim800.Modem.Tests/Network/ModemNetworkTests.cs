namespace Sim800.Modem.Tests.Network;

public sealed class ModemNetworkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_signal_is_read_and_noted_with_its_time()
    {
        var clock = new FakeTimeProvider();
        await using var talk = await Talk.OpenAsync(
            clock,
            ">> AT+CSQ\r", "<< \r\n+CSQ: 24,0\r\n\r\nOK\r\n",
            ">> AT+CSQ\r", "<< \r\n+CSQ: 99,99\r\n\r\nOK\r\n");

        Assert.Equal(-65, (await talk.Modem.Network.ReadSignalAsync(Ct)).Dbm);
        var first = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null((await talk.Modem.Network.ReadSignalAsync(Ct)).Dbm);

        var history = talk.Modem.Network.SignalHistory;
        Assert.Equal([new(first, new(24, 0)), new(first.AddMinutes(1), new(99, 99))], history.Samples);
        Assert.Equal(-65, history.MedianDbm);
    }

    [Fact(Timeout = 120_000)]
    public async Task Registration_and_cell_are_one_question_and_an_unsolicited_line_is_not_the_answer()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CREG=2;+CREG?\r", "<< \r\n+CREG: 5,\"AAAA\",\"BBBB\"\r\n\r\n+CREG: 2,5,\"1A2B\",\"00C3\"\r\n\r\nOK\r\n");

        Assert.Equal(
            new ModemRegistration(ModemRegistrationStatus.Roaming, 0x1A2B, 0xC3), await talk.Modem.Network.ReadRegistrationAsync(Ct));
    }

    [Fact(Timeout = 120_000)]
    public async Task Operators_are_read_and_listed()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+COPS?\r", "<< \r\n+COPS: 0,0,\"CHINA MOBILE\"\r\n\r\nOK\r\n",
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+COPS?\r", "<< \r\n+COPS: 0\r\n\r\nOK\r\n",
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+COPS=?\r", "<< \r\n+COPS: (2,\"T-Mobile USA\",\"TMO\",\"310260\"),,(0-4),(0-2)\r\n\r\nOK\r\n");

        Assert.Equal(new ModemOperator("CHINA MOBILE", true), await talk.Modem.Network.ReadOperatorAsync(Ct));
        Assert.Null(await talk.Modem.Network.ReadOperatorAsync(Ct));
        Assert.Equal("310260", Assert.Single(await talk.Modem.Network.ListOperatorsAsync(Ct)).Code);
    }

    [Fact(Timeout = 120_000)]
    public async Task Operators_names_are_text_in_any_character_set()
    {
        await using var talk = await Talk.OpenAsync(
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"UCS2\"\r\n\r\nOK\r\n",
            ">> AT+COPS?\r", "<< \r\n+COPS: 0,0,\"004F0032\"\r\n\r\nOK\r\n",
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"HEX\"\r\n\r\nOK\r\n",
            ">> AT+COPS?\r", "<< \r\n+COPS: 0,0,\"4D5453\"\r\n\r\nOK\r\n",
            ">> AT+CSCS?\r", "<< \r\nERROR\r\n",
            ">> AT+COPS?\r", "<< \r\n+COPS: 0,0,\"0041006C00700068\"\r\n\r\nOK\r\n",
            ">> AT+CSCS?\r", "<< \r\n+CSCS: \"UCS2\"\r\n\r\nOK\r\n",
            ">> AT+COPS=?\r", "<< \r\n+COPS: (2,\"4E2D56FD79FB52A8\",\"0043004D\",\"00340036003000300030\"),,(0-4),(0-2)\r\n\r\nOK\r\n");

        Assert.Equal("O2", (await talk.Modem.Network.ReadOperatorAsync(Ct))!.Name);
        Assert.Equal("MTS", (await talk.Modem.Network.ReadOperatorAsync(Ct))!.Name);
        Assert.Equal("Alph", (await talk.Modem.Network.ReadOperatorAsync(Ct))!.Name);
        Assert.Equal([new ModemAvailableOperator(ModemOperatorStatus.Current, "中国移动", "46000")], await talk.Modem.Network.ListOperatorsAsync(Ct));
        await talk.PlayedAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_refusal_is_explained()
    {
        await using var talk = await Talk.OpenAsync(">> AT+CSCS?\r", "<< \r\n+CSCS: \"IRA\"\r\n\r\nOK\r\n", ">> AT+COPS?\r", "<< \r\n+CME ERROR: SIM busy\r\n");

        var e = await Assert.ThrowsAsync<AtCommandException>(() => talk.Modem.Network.ReadOperatorAsync(Ct));

        Assert.Equal((14, Sim800Stage.Network, "+CME ERROR: SIM busy"), (e.CmeError, e.Stage, e.Answer));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_answer_without_its_text_is_refused()
    {
        await using var talk = await Talk.OpenAsync(">> AT+CSQ\r", "<< \r\nOK\r\n");

        await Assert.ThrowsAsync<AtAnswerException>(() => talk.Modem.Network.ReadSignalAsync(Ct));
        Assert.Empty(talk.Modem.Network.SignalHistory.Samples);
    }
}
