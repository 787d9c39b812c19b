using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>The tool with a modem of each family: nothing on its command line says which.</summary>
public sealed class FamilyTests
{
    [Theory]
    [Trait("Category", "Interop")]
    [InlineData(VirtualModemModel.Sim7000G)]
    [InlineData(VirtualModemModel.A7670E)]
    [InlineData(VirtualModemModel.Sim7600E)]
    public async Task What_is_published_over_tls_arrives_and_what_is_subscribed_to_too(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var one = TestModem.Start(broker.Map, TestModem.Quick with { Model = model });
        await using var two = TestModem.Start(broker.Map, TestModem.Quick with { Model = model });
        await using var sub = ProgramRun.StartOurs(
            "sim800", ["sub", "--device", one.DevicePath, .. broker.Arguments, "-t", "cmd/#", "-q", "2", "-v", "-C", "3"]);
        await sub.UntilErrorAsync("subscribed to cmd/#");
        await using var pub = ProgramRun.StartOurs("sim800", ["pub", "--device", two.DevicePath, .. broker.Arguments, "-t", "cmd/window", "-q", "2", "-l"]);
        await pub.GiveAsync("open\nhalf\nclose\n");

        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.True(await sub.ExitCodeAsync() == 0, sub.Error);
        Assert.Equal("cmd/window open\ncmd/window half\ncmd/window close\n", sub.Output);
    }

    [Theory]
    [InlineData(VirtualModemModel.Sim800L, "Sim800")]
    [InlineData(VirtualModemModel.Sim7000G, "Sim7000")]
    [InlineData(VirtualModemModel.A7670E, "SimcomLte")]
    [InlineData(VirtualModemModel.Sim7600E, "SimcomLte")]
    public async Task Info_names_the_family(VirtualModemModel model, string family)
    {
        await using var modem = VirtualModem.OnPseudoTerminal(TestModem.Quick with { Model = model });
        await using var info = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--quiet");
        Assert.True(await info.ExitCodeAsync() == 0, info.Error);
        Assert.Contains($"family    {family}\n", info.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no answer", info.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_modem_is_named_and_can_be_tried_as_a_known_one()
    {
        const string Name = "\r\nEG25-G\r\n\r\nOK\r\n";
        await using var modem = OddModem.Start(("AT+CMEE=2;+CGMM;E0", Name), ("AT+GMM", Name), ("ATI", Name), ("AT+SIMCOMATI", "\r\nERROR\r\n"));
        await using var refused = ProgramRun.StartOurs("sim800", "at", "--device", modem.DevicePath, "AT+CSQ");
        Assert.NotEqual(0, await refused.ExitCodeAsync());
        Assert.Contains("'EG25-G'", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--family", refused.Error, StringComparison.Ordinal);
        await using var tried = ProgramRun.StartOurs("sim800", "at", "--device", modem.DevicePath, "--family", "sim800", "AT+CSQ");
        Assert.True(await tried.ExitCodeAsync() == 0, tried.Error);
        Assert.Contains("+CSQ:", tried.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SIMCOM_SIM7670G", "SIM767x")]
    [InlineData("SIMCOM_SIM7080G", "AT+CNACT")]
    public async Task A_modem_without_a_driver_is_refused_with_what_is_missing(string name, string missing)
    {
        await using var modem = VirtualModem.OnPseudoTerminal(TestModem.Quick with { ModelName = name });
        await using var run = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--quiet");
        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.StartsWith($"sim800: The modem is a '{name}': ", run.Error, StringComparison.Ordinal);
        Assert.Contains(missing, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VirtualModemModel.Sim7600E, "A list of DNS servers means nothing to a SIM7600", "at", "AT+CSQ", "--dns", "9.9.9.9")]
    [InlineData(VirtualModemModel.A7670E, "A position by cells (AT+CIPGSMLOC) is nothing that an A76xx can do", "location")]
    public async Task What_a_family_has_not_is_refused_and_not_ignored(VirtualModemModel model, string sentence, params string[] verb)
    {
        await using var modem = VirtualModem.OnPseudoTerminal(TestModem.Of(model));
        await using var run = ProgramRun.StartOurs("sim800", [.. verb, "--device", modem.DevicePath, "--quiet"]);
        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.StartsWith($"sim800: {sentence}.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_family_that_there_is_not_is_refused()
    {
        await using var run = ProgramRun.StartOurs("sim800", "info", "--device", "/dev/null", "--family", "lte");
        Assert.Equal(2, await run.ExitCodeAsync());
        Assert.Contains("simcom-lte", run.Error, StringComparison.Ordinal);
    }
}
