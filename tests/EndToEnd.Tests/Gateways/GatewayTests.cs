using Sim800.Simulator;

namespace EndToEnd.Tests.Gateways;

/// <summary>The sample Gateway, with everything around it failing.</summary>
public sealed class GatewayTests
{
    [Theory]
    [Models]
    public async Task Neither_a_killed_modem_nor_a_restarted_broker_nor_its_own_end_loses_or_doubles_a_reading(VirtualModemModel model)
    {
        await using var stand = new GatewayStand(model);
        await using (var first = stand.StartGateway())
        {
            await first.UntilOutputAsync("Commands are taken");
            stand.Command("1");
            await stand.MoreReadingsAsync();
            await stand.ReplaceModemAsync();
            stand.Command("2");
            await stand.MoreReadingsAsync();
            stand.RestartBroker();
            stand.Command("3");
            await stand.MoreReadingsAsync();
            first.Kill();
            Assert.NotEqual(0, await first.ExitCodeAsync());
            stand.Promise(first);
        }

        stand.Command("4");
        await using (var second = stand.StartGateway())
        {
            await stand.PromisedAsync();
            await stand.AnsweredAsync("1", "2", "3", "4");
            await stand.MoreReadingsAsync();
            second.PressControlC();
            Assert.Equal(0, await second.ExitCodeAsync());
            stand.Promise(second);
        }

        await using (stand.StartGateway("--Gateway:Interval=1.00:00:00"))
        {
            await stand.PromisedAsync();
        }

        stand.AssertEachReadingOnce();
    }
}
