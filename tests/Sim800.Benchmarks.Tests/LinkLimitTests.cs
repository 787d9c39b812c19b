using Sim800.Benchmarks.Link;
using TestKit;

namespace Sim800.Benchmarks.Tests;

/// <summary>The limits are lower bounds: no scenario, in virtual time, beats the physics that it is set against.</summary>
public sealed class LinkLimitTests(ITestOutputHelper output)
{
    /// <summary>The virtual line rounds the time of each piece of bytes down to 100 ns.</summary>
    private const double Rounding = 0.9999;

    private static int Messages => Extent.Of(sample: 60, full: 300);

    [Theory]
    [InlineData(9_600, 0, null, null)]
    [InlineData(115_200, 0, null, null)]
    [InlineData(115_200, 600, null, null)]
    [InlineData(115_200, 600, 43, 86)]
    [InlineData(460_800, 1_500, null, null)]
    public async Task No_scenario_is_faster_than_its_limit(int baud, int roundTrip, int? uplink, int? downlink)
    {
        var line = new LinkConditions(baud, TimeSpan.FromMilliseconds(roundTrip), TimeSpan.FromMilliseconds(5), uplink, downlink);
        foreach (var run in LinkScenarioList.Short(line, Messages, TestContext.Current.CancellationToken))
        {
            var result = await run();
            output.WriteLine($"{result.Ratio:0.0000} {result.Scenario}");
            Assert.True(result.Measured >= result.Limit * Rounding, $"{result.Scenario}: {result.Measured} against {result.Limit}");
        }
    }
}
