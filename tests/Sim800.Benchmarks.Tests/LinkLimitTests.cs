using Sim800.Benchmarks.Link;
using TestKit;

namespace Sim800.Benchmarks.Tests;

/// <summary>
/// The limits are lower bounds: no scenario, in virtual time, beats the physics that it is set against, with fewer bytes than the protocols need. One
/// that is far from them says why, here and in docs/performance.md.
/// </summary>
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
    public async Task No_scenario_is_faster_than_its_limit_and_one_that_is_far_from_it_says_why(int baud, int roundTrip, int? uplink, int? downlink)
    {
        var line = new LinkConditions(baud, TimeSpan.FromMilliseconds(roundTrip), TimeSpan.FromMilliseconds(5), uplink, downlink);
        var lines = await File.ReadAllLinesAsync(Checkout.PathOf("docs", "performance.md"), TestContext.Current.CancellationToken);
        var page = string.Join(' ', lines.Select(text => text.Trim()));
        foreach (var run in LinkScenarioList.Short(line, Messages, TestContext.Current.CancellationToken))
        {
            var result = await run();
            output.WriteLine($"{result.Ratio:0.0000} {result.Share:0.0000} {result.Scenario}: {result.Reason}");
            Assert.True(result.Measured >= result.Limit * Rounding, $"{result.Scenario}: {result.Measured} against {result.Limit}");
            AssertLeast(result);
            Assert.True(result.Share >= LinkResult.Enough || result.Reason is not null, $"{result.Scenario}: {result.Share:0.000} without a reason");
            Assert.All(Sentences(result), sentence => Assert.Contains(sentence, page, StringComparison.Ordinal));
        }
    }

    private static void AssertLeast(LinkResult result)
    {
        var least = result.LeastBytes!.Value;
        Assert.True(result.Limit >= result.Least, $"{result.Scenario}: {result.Limit} against {result.Least}");
        Assert.True(result.Counts.TcpBytesSent >= least.Up, $"{result.Scenario}: {result.Counts.TcpBytesSent} bytes up against {least.Up}");
        Assert.True(result.Counts.TcpBytesReceived >= least.Down, $"{result.Scenario}: {result.Counts.TcpBytesReceived} bytes down against {least.Down}");
    }

    private static string[] Sentences(LinkResult result) => result.Reason?.Split(". ") ?? [];
}
