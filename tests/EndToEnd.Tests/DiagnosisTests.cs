using System.Text.Json;
using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>The verbs that tell what is the matter: <c>info</c>, <c>doctor</c> and <c>at</c>.</summary>
public sealed class DiagnosisTests : IAsyncLifetime
{
    private const string Host = "broker.test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-diagnosis-");
    private readonly LoopbackBroker _broker = LoopbackBroker.Start(new LoopbackBrokerOptions
    {
        Tls = true,
        RequireSni = true,
        ServerNames = [Host],
        UserName = "u",
        Password = "right",
    });

    private string Map => $"{Host}:8883=127.0.0.1:{_broker.Port}";

    private string AuthorityFile => Path.Combine(_folder.FullName, "ca.pem");

    public async ValueTask InitializeAsync() =>
        await File.WriteAllTextAsync(AuthorityFile, _broker.CertificateAuthorityPem, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [Models]
    public async Task Info_tells_who_the_modem_is_and_how_it_fares(VirtualModemModel model)
    {
        await using var modem = TestModem.Start(Map, TestModem.Of(model) with { SignalStrength = 12, OperatorName = "Test Net" });
        await using var text = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath);
        Assert.True(await text.ExitCodeAsync() == 0, text.Error);
        Assert.Contains("signal    -89 dBm\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("network   Home, Test Net", text.Output, StringComparison.Ordinal);

        await using var json = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--json", "--quiet");
        Assert.True(await json.ExitCodeAsync() == 0, json.Error);
        var report = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal(TestModem.Quick.Imei, report.GetProperty("identity").GetProperty("imei").GetString());
        Assert.Equal(-89, report.GetProperty("signalDbm").GetInt32());
        Assert.Equal("Home", report.GetProperty("registration").GetProperty("status").GetString());
        Assert.Equal(4012, report.GetProperty("battery").GetProperty("millivolts").GetInt32());
        Assert.Empty(json.Error);
    }

    [Theory]
    [Models(9600)]
    [Models(57_600)]
    public async Task A_modem_that_is_found_at_another_rate_is_told_with_what_was_done(VirtualModemModel model, int rate)
    {
        await using var modem = TestModem.Start(Map, TestModem.Of(model) with { BaudRate = rate });
        await using var run = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath);
        Assert.True(await run.ExitCodeAsync() == 0, run.Error);
        Assert.Contains(Wording.Of(model, $"modem     found at {rate} baud, set to 115200 and saved (AT+IPR=115200;&W)"), run.Error, StringComparison.Ordinal);
        Assert.Contains($"IMEI      {TestModem.Quick.Imei}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task Info_and_at_need_no_sim_card(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults(Map, model, "no-sim");
        await using var info = ProgramRun.StartOurs("sim800", "info", "--device", modem.DevicePath, "--quiet");
        Assert.True(await info.ExitCodeAsync() == 0, info.Error);
        Assert.Contains($"IMEI      {TestModem.Quick.Imei}\n", info.Output, StringComparison.Ordinal);
        Assert.Contains("SIM       unknown\n", info.Output, StringComparison.Ordinal);
        await using var at = ProgramRun.StartOurs("sim800", "at", "AT+CBC", "--device", modem.DevicePath, "--quiet");
        Assert.True(await at.ExitCodeAsync() == 0, at.Error);
    }

    [Theory]
    [Models(And = VirtualModemModel.A7670E)]
    public async Task Doctor_climbs_to_the_top_of_a_healthy_ladder(VirtualModemModel model)
    {
        await using var modem = TestModem.Start(Map, model);
        await using var run = Doctor(modem, "-P", "right", "--cafile", AuthorityFile);
        Assert.True(await run.ExitCodeAsync() == 0, run.Output);
        string[] expected = ["line", "modem", "sim", "network", "gprs", "tcp", "tls", "mqtt"];
        Assert.Equal(expected, run.Output.Split('\n').Where(line => line.StartsWith("ok ", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    [Theory]
    [Models("no-sim", "right", 12, "Sim")]
    [Models("registration-denied", "right", 13, "Network")]
    [InlineData(VirtualModemModel.Sim800L, "gprs-refused", "right", 14, "Gprs")]
    [InlineData(VirtualModemModel.A7670E, "wrong-apn", "right", 13, "Network")] // on LTE it is refused at once
    [InlineData(VirtualModemModel.A7670E, "emergency-only", "right", 13, "Network")]
    [Models("error=AT+CIICR,99", "right", 14, "Gprs")]
    [Models("", "wrong", 18, "Mqtt")]
    public async Task Doctor_names_the_first_rung_that_breaks(VirtualModemModel model, string fault, string password, int exitCode, string rung)
    {
        await using var modem = fault.Length > 0 ? TestModem.WithFaults(Map, model, Wording.Of(model, fault)) : TestModem.Start(Map, model);
        await using var run = Doctor(modem, "-P", password, "--cafile", AuthorityFile, "--json", "--registration-timeout", "3");
        Assert.Equal(exitCode, await run.ExitCodeAsync());
        var report = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((false, rung), (report.GetProperty("healthy").GetBoolean(), report.GetProperty("failed").GetString()));
        var broken = report.GetProperty("rungs").EnumerateArray().Last();
        Assert.Equal(rung, broken.GetProperty("stage").GetString());
        Assert.NotEmpty(broken.GetProperty("remedy").GetString()!);
        Assert.DoesNotContain(password + "\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task Doctor_stops_at_tls_where_the_authority_is_not_trusted(VirtualModemModel model)
    {
        await using var modem = TestModem.Start(Map, model);
        await using var run = Doctor(modem, "-P", "right");
        Assert.Equal(16, await run.ExitCodeAsync());
        Assert.Contains("FAIL  tls", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Split("--cafile").Length); // the remedy once, and in the words of the command line
    }

    [Fact]
    public async Task Doctor_needs_no_device_to_be_there()
    {
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", "/dev/ttyNOTHING");
        Assert.Equal(10, await run.ExitCodeAsync());
        Assert.Contains("FAIL  line      There is no serial device '/dev/ttyNOTHING'.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task At_prints_answers_and_stops_at_the_first_refusal(VirtualModemModel model)
    {
        await using var modem = TestModem.Start(Map, model);
        await using var run = ProgramRun.StartOurs("sim800", "at", "AT+CSQ", "AT+NONSENSE", "AT+CBC", "--device", modem.DevicePath, "--quiet");
        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Equal(Wording.Of(model, "+CSQ: 21,0\nOK\n"), run.Output);
        Assert.StartsWith("sim800: The modem answered 'ERROR' to 'AT+NONSENSE'.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task At_reads_commands_from_standard_input_and_goes_on_after_a_mistake(VirtualModemModel model)
    {
        await using var modem = TestModem.Start(Map, model);
        await using var run = ProgramRun.StartOurs("sim800", "at", "--device", modem.DevicePath, "--quiet");
        await run.GiveAsync("AT+NONSENSE\n\nnot a command\nAT+CSQ\n");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Equal(Wording.Of(model, "+CSQ: 21,0\nOK\n"), run.Output);
        Assert.Equal(2, run.Error.Split("sim800: ").Length - 1);
    }

    [Theory]
    [Models]
    public async Task Doctor_tells_the_command_that_failed_the_modems_words_and_its_state(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults(Map, model, Wording.Of(model, "error=AT+CIICR,99"));
        await using var json = Doctor(modem, "-P", "right", "--cafile", AuthorityFile, "--json");
        Assert.Equal(14, await json.ExitCodeAsync());
        var broken = JsonDocument.Parse(json.Output).RootElement.GetProperty("rungs").EnumerateArray().Last();
        Assert.StartsWith("AT+", broken.GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Contains("ERROR", broken.GetProperty("answer").GetString(), StringComparison.Ordinal);

        await using var text = Doctor(modem, "-P", "right", "--cafile", AuthorityFile);
        Assert.Equal(14, await text.ExitCodeAsync());
        Assert.Contains($"command {broken.GetProperty("command").GetString()}", text.Output, StringComparison.Ordinal);
        Assert.Contains($"answer {broken.GetProperty("answer").GetString()}", text.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task Doctor_says_what_it_waits_for_and_how_long_that_may_take(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults(Map, model, "registration-denied");
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", modem.DevicePath, "--registration-timeout", "3", "--networks");
        Assert.Equal(13, await run.ExitCodeAsync());
        Assert.Contains("network   waits for a mobile network: up to 3 s\n", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("ok    line ", run.Output, StringComparison.Ordinal);
        Assert.Contains(model is VirtualModemModel.Sim800L ? "closed it" : "--apn", run.Output, StringComparison.Ordinal);
        Assert.Contains("note  networks heard: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task A_limit_for_the_whole_way_ends_doctor_at_the_rung_it_has_come_to(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults(Map, model, "registration-denied");
        await using var run = ProgramRun.StartOurs("sim800", "doctor", "--device", modem.DevicePath, "--connect-timeout", "2");
        Assert.Equal(13, await run.ExitCodeAsync());
        Assert.Contains("There was no connection within 2 s.", run.Output, StringComparison.Ordinal);
    }

    private static ProgramRun Doctor(VirtualModem modem, params string[] arguments) =>
        ProgramRun.StartOurs("sim800", ["doctor", "--device", modem.DevicePath, "-h", Host, "-u", "u", "--quiet", .. arguments]);
}
