using Sim800.Benchmarks.Fleet;
using Sim800.Benchmarks.Store;

namespace Sim800.Benchmarks.Tests;

/// <summary>Many gateways, and many messages: what can be counted of them.</summary>
[Collection("Alone")]
public sealed class FleetTests(ITestOutputHelper output)
{
    private const int Gateways = 12;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>
    /// Without jitter all of them would arrive in one second, as they were cut off in one. With it, in one run of some millions more than nine of
    /// twelve do.
    /// </summary>
    [Theory]
    [InlineData(true, 0, Gateways)]
    [InlineData(false, Gateways, 0)]
    public async Task A_fleet_comes_back_to_a_broker_that_was_killed_spread_out_and_with_one_handshake_each(bool keepsTicketKeys, int full, int resumed)
    {
        var back = await FleetReturn.RunAsync(Gateways, jitter: 0.2, keepsTicketKeys, Ct);
        output.WriteLine($"peak {back.Peak} a second, all after {back.UntilAll}");
        Assert.Equal((Gateways, full, resumed), (back.Arrivals.Count, back.Full, back.Resumed));
        Assert.InRange(back.Peak, 1, 9);
    }

    [Fact]
    public async Task A_gateway_its_virtual_modem_and_its_connection_at_the_broker_hold_110_KB_at_most()
    {
        var each = await FleetCommand.MemoryPerGatewayAsync(40, Ct);
        output.WriteLine($"{each} bytes");
        Assert.InRange(each, 1, 110 * 1024); // of few: what all share counts more than in `fleet`, which prints what a thousand hold
    }

    [Fact]
    public async Task A_client_over_a_full_store_reads_the_list_once_and_no_payload_before_it_connects()
    {
        const int Messages = 5_000;
        var folder = Directory.CreateTempSubdirectory("store-");
        try
        {
            var path = Path.Combine(folder.FullName, "session.db");
            StoreCommand.Fill(path, Messages);
            Assert.Equal((Messages, 1, 0), await StoreCommand.StartAsync(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
