using Sim800.Cli.Rendering;
using Sim800.Modem;

namespace Sim800.Cli.Tests.Rendering;

public sealed class StagePrinterTests
{
    [Fact]
    public void Redirected_a_stage_is_one_plain_line_when_it_ends()
    {
        var test = new TestHost();
        var printer = new StagePrinter(test.Host, isQuiet: false);
        printer.Report(new Sim800Progress(Sim800Stage.Gprs, Sim800ProgressKind.Started, TimeSpan.Zero, null));
        printer.Report(new Sim800Progress(Sim800Stage.Gprs, Sim800ProgressKind.Completed, TimeSpan.FromSeconds(1.234), "10.0.0.7"));
        Assert.Equal("gprs      10.0.0.7".PadRight(60) + "    1.23 s" + Environment.NewLine, test.Error);
    }

    [Fact]
    public void On_a_terminal_a_running_stage_is_overwritten()
    {
        var test = new TestHost { HasColour = true };
        var printer = new StagePrinter(test.Host, isQuiet: false);
        printer.Report(new Sim800Progress(Sim800Stage.Tcp, Sim800ProgressKind.Started, TimeSpan.Zero, null));
        Assert.StartsWith("\r\e[K\e[33mtcp", test.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', test.Error);
        printer.Report(new Sim800Progress(Sim800Stage.Tcp, Sim800ProgressKind.Completed, TimeSpan.Zero, null));
        Assert.EndsWith(Environment.NewLine, test.Error, StringComparison.Ordinal);
        Assert.Contains("\e[32mtcp       ready", test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_is_silent()
    {
        var test = new TestHost();
        new StagePrinter(test.Host, isQuiet: true).Report(new Sim800Progress(Sim800Stage.Tcp, Sim800ProgressKind.Completed, TimeSpan.Zero, null));
        Assert.Empty(test.Error);
    }

    [Theory]
    [InlineData(false, "sim800: Mind this.")]
    [InlineData(true, "\e[33msim800: Mind this.\e[0m")]
    public void Quiet_does_not_hide_a_warning(bool hasColour, string expected)
    {
        var test = new TestHost { HasColour = hasColour };
        new StagePrinter(test.Host, isQuiet: true).Warn("Mind this.");
        Assert.Equal(expected + Environment.NewLine, test.Error);
    }

    [Fact]
    public void Words_from_outside_cannot_steer_the_terminal()
    {
        var test = new TestHost();
        new StagePrinter(test.Host, isQuiet: false).Report(new Sim800Progress(Sim800Stage.Network, Sim800ProgressKind.Completed, TimeSpan.Zero, "\e[2Jevil\r\n"));
        Assert.DoesNotContain('\e', test.Error);
        Assert.Contains("[2Jevil", test.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_running_stage_gives_way_to_a_line_of_somebody_else()
    {
        var test = new TestHost { HasColour = true };
        var printer = new StagePrinter(test.Host, isQuiet: false);
        printer.Report(new Sim800Progress(Sim800Stage.Gprs, Sim800ProgressKind.Waiting, TimeSpan.Zero, "waits"));
        printer.GiveWay();
        Assert.EndsWith("\r\e[K", test.Error, StringComparison.Ordinal);
        printer.GiveWay();
        Assert.Equal(2, test.Error.Split("\e[K").Length - 1);
    }
}
