using Gateway;

namespace EndToEnd.Tests.Gateways;

/// <summary>The sample Gateway, as a program of its own.</summary>
public sealed class GatewayProgramTests
{
    [Fact]
    public async Task The_demonstration_needs_no_arguments_but_its_own()
    {
        await using var run = ProgramRun.StartOurs("Gateway", "--demo", "--Gateway:Interval=00:00:00.1", "--Gateway:PrometheusPort=0");
        await run.UntilOutputAsync("The broker has gateway/demo/answer/report {\"signalDbm\":-71");
        run.PressControlC();
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("--Sim800:Port=fast", "Sim800:Port is 'fast'; allowed is a whole number from 1 to 65535.")]
    [InlineData("--Sim800:Prot=1", "Sim800:Prot is no setting. Write Port.")]
    [InlineData("--Sim800:Tls:CaFile=/none.pem", "Sim800:Tls:CaFile cannot be used: Could not find file '/none.pem'.")]
    [InlineData("--Gateway:Interval=00:00:00", "Gateway:Interval is '00:00:00'; allowed is a time from 00:00:00.0100000 to 1.00:00:00.")]
    [InlineData("--Gateway:Interval=soon", "'soon'")]
    [InlineData("--Gateway:Intervall=1", "'Intervall'")]
    [InlineData("--Gateway:Folder=/none", "Gateway:Folder is '/none', and there is no such folder.")]
    [InlineData("--Gateway:ResetPin=4", "Gateway:PowerKeyPin is missing: a module that is off is switched on with it, which RESET cannot do.")]
    public async Task What_cannot_be_taken_is_named_and_ends_it_with_a_code_that_is_not_tried_again(string argument, string said)
    {
        await using var run = ProgramRun.StartOurs("Gateway", argument);
        Assert.Equal(78, await run.ExitCodeAsync());
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_unit_names_the_code_that_is_not_tried_again_and_the_folder_of_the_state()
    {
        var unit = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "sim800-gateway.service"));
        Assert.Contains("RestartPreventExitStatus=78", unit);
        Assert.Contains("StateDirectory=sim800-gateway", unit);
        Assert.Contains($"Environment={nameof(Gateway)}__{nameof(GatewaySettings.Folder)}=%S/sim800-gateway", unit);
    }
}
