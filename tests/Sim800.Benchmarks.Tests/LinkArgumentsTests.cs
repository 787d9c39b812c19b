using Sim800.Benchmarks.Link;

namespace Sim800.Benchmarks.Tests;

public sealed class LinkArgumentsTests
{
    private static readonly LinkConditions Slow = new(9_600, TimeSpan.FromMilliseconds(200), TimeSpan.Zero);

    [Fact]
    public void Without_arguments_every_line_is_measured()
    {
        Assert.True(LinkArguments.TryParse([], out var arguments));
        Assert.True(arguments.Includes(Slow));
        Assert.Equal((false, false, null), (arguments.IsQuick, arguments.IsReal, arguments.JsonFile));
    }

    [Fact]
    public void Baud_rate_and_round_trip_choose_lines()
    {
        Assert.True(LinkArguments.TryParse(["--quick", "--baud", "9600", "--rtt", "200", "--real", "--json", "a.json"], out var arguments));
        Assert.Equal((true, true, "a.json"), (arguments.IsQuick, arguments.IsReal, arguments.JsonFile));
        Assert.True(arguments.Includes(Slow));
        Assert.False(arguments.Includes(Slow with { BaudRate = 115_200 }));
        Assert.False(arguments.Includes(Slow with { RoundTripTime = TimeSpan.Zero }));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--baud")]
    [InlineData("--baud", "fast")]
    [InlineData("--rtt", "-1")]
    [InlineData("--slow")]
    public void What_is_not_understood_is_refused(params string[] arguments) =>
        Assert.False(LinkArguments.TryParse(arguments, out _));
}
