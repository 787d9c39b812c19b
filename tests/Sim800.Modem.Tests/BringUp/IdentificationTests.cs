namespace Sim800.Modem.Tests.BringUp;

public sealed class IdentificationTests
{
    private static readonly string[] Attention = [">> AT\r", "<< \r\nOK\r\n"];

    private static readonly string[] Tells =
    [
        ">> AT+CMEE=2;E0\r", "<< \r\nOK\r\n",
    ];

    [Theory(Timeout = 120_000)]
    [InlineData("SIMCOM_SIM800L", ModemFamily.Sim800)]
    [InlineData("+CGMM: \"SIM800C\"", ModemFamily.Sim800)]
    [InlineData("SIMCOM_SIM808", ModemFamily.Sim800)]
    [InlineData("SIMCOM_SIM868", ModemFamily.Sim800)]
    [InlineData("SIMCOM_SIM900", ModemFamily.Sim800)]
    [InlineData("SIMCOM_SIM7000G", ModemFamily.Sim7000)]
    [InlineData("A7670E-FASE", ModemFamily.SimcomLte)]
    [InlineData("A7672S-FASE", ModemFamily.SimcomLte)]
    [InlineData("A7608SA-H", ModemFamily.SimcomLte)]
    [InlineData("SIMCOM_SIM7600C", ModemFamily.SimcomLte)]
    [InlineData("SIMCOM_SIM7500E", ModemFamily.SimcomLte)]
    public async Task The_family_follows_from_the_model_and_costs_no_exchange(string model, ModemFamily family)
    {
        await using var script = new ModemScript(Attention, Greeting($"\r\n{model}\r\n\r\nOK\r\n"));
        await using var modem = await script.OpenAsync(UntilModem(script));
        await script.PlayedAsync();
        Assert.Equal(family, modem.Family);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("SIMCOM_SIM7670G", "SIM767x")]
    [InlineData("SIMCOM_SIM7070", "AT+CNACT")]
    [InlineData("SIMCOM_SIM7080", "AT+CNACT")]
    [InlineData("SIMCOM_SIM7090", "AT+CNACT")]
    public async Task A_model_without_a_driver_is_refused_with_what_is_missing(string model, string missing)
    {
        await using var script = new ModemScript(Attention, Greeting($"\r\n{model}\r\n\r\nOK\r\n"));
        var refused = await Assert.ThrowsAsync<ModemFamilyException>(() => script.OpenAsync(UntilModem(script)));
        Assert.Equal((ModemFamilyReason.UnsupportedModem, model, false), (refused.Reason, refused.Model, refused.IsTransient));
        Assert.Contains(missing, refused.Happened, StringComparison.Ordinal);
        Assert.Contains("A7670", refused.RemedyText, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_unknown_modem_is_named_and_so_is_the_way_to_try()
    {
        string[] questions =
        [
            ">> AT+GMM\r", "<< \r\nMC60\r\n\r\nOK\r\n",
            ">> ATI\r", "<< \r\nQuectel_Ltd\r\n\r\nOK\r\n",
            ">> AT+SIMCOMATI\r", "<< \r\nERROR\r\n",
        ];
        await using var script = new ModemScript(Attention, Greeting("\r\nMC60\r\n\r\nOK\r\n"), questions, questions);
        var refused = await Assert.ThrowsAsync<ModemFamilyException>(() => script.OpenAsync(UntilModem(script)));
        await script.PlayedAsync();
        Assert.Equal((ModemFamilyReason.UnknownModem, "MC60"), (refused.Reason, refused.Model));
        Assert.Contains("ModemOptions.Family", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_modem_that_does_not_know_the_question_is_asked_others()
    {
        await using var script = new ModemScript(
            Attention,
            Greeting("\r\nERROR\r\n"),
            Tells,
            [">> AT+GMM\r", "<< \r\nERROR\r\n", ">> ATI\r", "<< \r\nSIM900 R11.0\r\n\r\nOK\r\n"]);
        await using var modem = await script.OpenAsync(UntilModem(script));
        await script.PlayedAsync();
        Assert.Equal(ModemFamily.Sim800, modem.Family);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("OK")]
    [InlineData("ERROR")]
    public async Task A_modem_that_says_nothing_of_itself_is_driven_as_a_SIM800(string answer)
    {
        string[] questions =
        [
            ">> AT+GMM\r", $"<< \r\n{answer}\r\n",
            ">> ATI\r", $"<< \r\n{answer}\r\n",
            ">> AT+SIMCOMATI\r", $"<< \r\n{answer}\r\n",
        ];
        await using var script = new ModemScript(Attention, Greeting($"\r\n{answer}\r\n"), answer == "OK" ? [] : Tells, questions, questions);
        await using var modem = await script.OpenAsync(UntilModem(script));
        await script.PlayedAsync();
        Assert.Equal(ModemFamily.Sim800, modem.Family);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_damaged_name_is_asked_for_again()
    {
        await using var script = new ModemScript(
            Attention, Greeting("\r\nA670E-FASE\r\n\r\nOK\r\n"), [">> AT+GMM\r", "<< \r\nA7670E-FASE\r\n\r\nOK\r\n"]);
        await using var modem = await script.OpenAsync(UntilModem(script));
        await script.PlayedAsync();
        Assert.Equal(ModemFamily.SimcomLte, modem.Family);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ModemFamily.Sim800)]
    [InlineData(ModemFamily.Sim7000)]
    [InlineData(ModemFamily.SimcomLte)]
    public async Task A_forced_family_is_not_asked_for(ModemFamily family)
    {
        await using var script = new ModemScript(Attention, Tells);
        await using var modem = await script.OpenAsync(UntilModem(script) with { Family = family });
        await script.PlayedAsync();
        Assert.Equal(family, modem.Family);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_family_that_is_none_is_a_mistake_of_the_caller()
    {
        await using var script = new ModemScript();
        await Assert.ThrowsAsync<ArgumentException>(() => script.OpenAsync(script.Options with { Family = (ModemFamily)9 }));
    }

    [Theory(Timeout = 120_000)]
    [InlineData("A7670E-FASE", ModemReceiveMode.Push, false, "Push")]
    [InlineData("A7670E-FASE", ModemReceiveMode.Transparent, false, "Transparent")]
    [InlineData("SIMCOM_SIM7600E", ModemReceiveMode.Manual, true, "DNS servers")]
    public async Task A_setting_that_the_family_would_ignore_is_refused(string model, ModemReceiveMode mode, bool hasServers, string named)
    {
        await using var script = new ModemScript(Attention, Greeting($"\r\n{model}\r\n\r\nOK\r\n"));
        var options = UntilModem(script) with { ReceiveMode = mode, DnsServers = hasServers ? [System.Net.IPAddress.Loopback] : [] };
        var refused = await Assert.ThrowsAsync<ModemFamilyException>(() => script.OpenAsync(options));
        Assert.Equal(ModemFamilyReason.UnsupportedOption, refused.Reason);
        Assert.Contains(named, refused.Happened, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task With_a_forced_family_such_a_setting_is_refused_before_the_modem_is_asked()
    {
        await using var script = new ModemScript();
        await Assert.ThrowsAsync<ModemFamilyException>(
            () => script.OpenAsync(script.Options with { Family = ModemFamily.SimcomLte, ReceiveMode = ModemReceiveMode.Push }));
    }

    private static ModemOptions UntilModem(ModemScript script) => script.Options with { OpenUntil = Sim800Stage.Modem };

    private static string[] Greeting(string answer) => [">> AT+CMEE=2;+CGMM;E0\r", "<< " + answer];
}
