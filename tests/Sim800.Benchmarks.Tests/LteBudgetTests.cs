using Sim800.Benchmarks.Link;
using Sim800.Mqtt;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Benchmarks.Tests;

/// <summary>What is asked of an LTE module at 921,600 baud and 80 ms: exact on every machine, for the time is virtual.</summary>
public sealed class LteBudgetTests(ITestOutputHelper output)
{
    private const double FirstMessage = 1.10;
    private const double Sustained = 0.95;

    /// <summary>The virtual line rounds the time of each piece of bytes down to 100 ns.</summary>
    private const double Rounding = 0.9999;

    private static int Messages => Extent.Of(sample: 600, full: 3_000);

    public static TheoryData<VirtualModemModel> Models => [VirtualModemModel.A7670E, VirtualModemModel.Sim7600E];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_first_message_over_a_resumed_session_is_confirmed_within_a_tenth_of_the_least(VirtualModemModel model)
    {
        var result = Told(await LteScenarios.FirstPubAckAsync(LteScenarios.Line(model), resumed: true, Ct));
        Assert.InRange(1 / result.Share, Rounding, FirstMessage);
        Assert.Equal((2, 2, 2), (result.Counts.RoundTrips, result.Counts.CipSends, result.Counts.CipReads));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Publishing_and_receiving_without_a_pause_reach_95_percent_of_the_least(VirtualModemModel model)
    {
        var line = LteScenarios.Line(model);
        var published = Told(await LteScenarios.PublishAsync(line, MqttQoS.AtMostOnce, Messages, Ct));
        var received = Told(await LteScenarios.ReceiveAsync(line, 100, Messages, Ct));
        Assert.InRange(published.Share, Sustained, 1 / Rounding);
        Assert.InRange(received.Share, Sustained, 1 / Rounding);
        var (sends, reads) = (CipExchange.SimcomLte.LeastExchanges(published.Counts.TcpBytesSent), CipExchange.SimcomLte.LeastExchanges(received.Counts.TcpBytesReceived));
        Assert.InRange(published.Counts.CipSends, sends, sends + 2);
        Assert.InRange(received.Counts.CipReads, reads, reads + 2);
    }

    [Theory]
    [InlineData(115_200, 0)]
    [InlineData(921_600, 80)]
    [InlineData(3_686_400, 300)]
    public async Task No_row_is_faster_than_its_limit(int baud, int roundTrip)
    {
        var line = LteScenarios.Line(VirtualModemModel.A7670E) with { BaudRate = baud, RoundTripTime = TimeSpan.FromMilliseconds(roundTrip) };
        foreach (var run in LteScenarios.Of(line, Extent.Of(sample: 60, full: 600), Ct))
        {
            var result = Told(await run());
            Assert.True(result.Measured >= result.Limit * Rounding, $"{result.Scenario}: {result.Measured} against {result.Limit}");
        }
    }

    private LinkResult Told(LinkResult result)
    {
        output.WriteLine($"{result.Share:0.0000} of the least, {result.Ratio:0.0000} of the limit: {result.Scenario}");
        return result;
    }
}
