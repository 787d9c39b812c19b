using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

public sealed partial class QuickstartTests
{
    private static readonly string[] Stages = ["modem", "SIM", "network", "GPRS", "TCP", "TLS", "MQTT"];

    [Fact]
    public async Task In_process_it_climbs_every_stage_and_counts_what_it_did()
    {
        using var output = new StringWriter();
        var exitCode = await Quickstart.Program.RunAsync(
            ["--count", "3"], TextWriter.Synchronized(output), TextWriter.Null, hasColour: false, TestContext.Current.CancellationToken);
        AssertGood(exitCode, output.ToString(), "published 4, acknowledged 4, received 1");
        Assert.DoesNotContain('\e', output.ToString());
    }

    [Fact]
    public async Task In_colour_it_says_the_same()
    {
        using var output = new StringWriter();
        var exitCode = await Quickstart.Program.RunAsync(
            ["--count", "1"], TextWriter.Synchronized(output), TextWriter.Null, hasColour: true, TestContext.Current.CancellationToken);
        Assert.Contains("\e[32m", output.ToString(), StringComparison.Ordinal);
        AssertGood(exitCode, Colour().Replace(output.ToString(), string.Empty), "published 2, acknowledged 2, received 1");
    }

    [Fact]
    public async Task As_a_program_it_needs_no_arguments()
    {
        await using var run = ProgramRun.StartOurs("Quickstart");
        AssertGood(await run.ExitCodeAsync(), run.Output, "published 11, acknowledged 11, received 1");
    }

    [Fact]
    public async Task Through_a_given_device_it_talks_to_a_given_broker()
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map);
        await using var listener = broker.StartPeer("mosquitto_sub", "-t", "demo/#", "-v", "-C", "3");
        await broker.SubscribedAsync();
        await using var run = ProgramRun.StartOurs(
            "Quickstart",
            [
                "--device", modem.DevicePath, "--apn", "internet", "--host", MosquittoBroker.Host, "--user", MosquittoBroker.User,
                "--password", MosquittoBroker.Password, "--cafile", broker.Authority.CertificateFile, "--topic", "demo", "--count", "2",
            ]);
        AssertGood(await run.ExitCodeAsync(), run.Output, "published 3, acknowledged 3, received 1");
        Assert.Equal(0, await listener.ExitCodeAsync());
        Assert.Equal("demo/temperature 21.50\ndemo/temperature 21.75\ndemo/command open the window\n", listener.Output);
    }

    [Theory]
    [InlineData("--host", "h")]
    [InlineData("--device", "d")]
    [InlineData("--count", "0")]
    [InlineData("--port", "x")]
    [InlineData("--what", "x")]
    public async Task A_bad_option_is_explained(string option, string value)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await Quickstart.Program.RunAsync([option, value], output, error, false, TestContext.Current.CancellationToken));
        Assert.Single(error.ToString().Trim().Split('\n'));
        Assert.Empty(output.ToString());
    }

    private static void AssertGood(int exitCode, string output, string lastLine)
    {
        Assert.True(exitCode == 0, output);
        var lines = output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lastLine, lines[^1]);
        Assert.Equal(Stages, Stages.Where(stage => lines.Any(line => Regex.IsMatch(
            line, $@"^  {stage} .*\d+\.\d\d s$", RegexOptions.None, TimeSpan.FromSeconds(1)))));
    }

    [GeneratedRegex(@"\r?\e\[[0-9]*[mK]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colour();
}
