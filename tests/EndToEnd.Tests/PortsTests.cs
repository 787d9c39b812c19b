using System.Text.Json;
using Sim800.Simulator;

namespace EndToEnd.Tests;

public sealed class PortsTests
{
    [Fact]
    public async Task The_device_that_answers_AT_is_told_from_the_one_that_does_not_and_from_the_one_that_is_not_there()
    {
        await using var modem = VirtualModem.OnPseudoTerminal();
        using var silent = new TestKit.PseudoTerminal();

        await using var run = ProgramRun.StartOurs("sim800", "ports", modem.DevicePath, silent.DevicePath, "/dev/there-is-none");

        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Equal(
            [$"{modem.DevicePath}  answers AT: SIMCOM_Ltd SIMCOM_SIM800L", $"{silent.DevicePath}  no answer", "/dev/there-is-none  not there"],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task As_JSON_each_device_is_an_object_of_one_line()
    {
        await using var modem = VirtualModem.OnPseudoTerminal();

        await using var run = ProgramRun.StartOurs("sim800", "ports", "--json", modem.DevicePath);

        Assert.Equal(0, await run.ExitCodeAsync());
        var device = JsonDocument.Parse(Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal(modem.DevicePath, device.GetProperty("device").GetString());
        Assert.StartsWith("answers AT", device.GetProperty("answer").GetString(), StringComparison.Ordinal);
    }
}
