using System.Diagnostics;
using System.Globalization;
using Sim800.Mqtt;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests.Chaos;

/// <summary>Everything that can go wrong, alone and in combination, with messages of QoS 1 and 2 under way in both directions.</summary>
[Collection(VirtualTime.Name)]
public sealed class ChaosTests
{
    private const int Sample = 12;

    /// <summary>After which a connection counts as a success again.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(VirtualModemModel.Sim800L)]
    [InlineData(VirtualModemModel.Sim7000G)]
    [InlineData(VirtualModemModel.A7670E)]
    [InlineData(VirtualModemModel.Sim7600E)]
    public void Every_fault_of_the_virtual_modem_that_a_connection_can_meet_is_among_them(VirtualModemModel model) =>
        Assert.Equal(Enum.GetValues<FaultKind>().Except(ChaosFault.ElsewhereThan(model)).Order(), ChaosFault.KindsOf(model).Distinct().Order());

    /// <summary>A sample of them, or each.</summary>
    [Theory(Timeout = 600_000)]
    [Models(And = VirtualModemModel.A7670E)]
    public async Task No_single_fault_loses_a_message_or_keeps_the_client_away(VirtualModemModel model)
    {
        var seed = Seed.Fresh();
        var random = new Random(seed);
        var faults = ChaosFault.Of(model).ToArray();
        random.Shuffle(faults);
        await RunAsync(model, seed, TimeSpan.FromSeconds(3), async run =>
        {
            foreach (var fault in faults.Take(Extent.Of(Sample, full: faults.Length)))
            {
                await run.StrikeAsync([fault], Quiet);
            }
        });
    }

    /// <summary>Some hours, or a week; of the other models a day.</summary>
    [Theory(Timeout = 3_000_000)]
    [Models]
    public async Task A_week_of_faults_in_all_combinations_loses_nothing_and_doubles_nothing_of_QoS_2(VirtualModemModel model)
    {
        var seed = Seed.Fresh();
        var random = new Random(seed);
        var all = ChaosFault.Of(model);
        var duration = TimeSpan.FromHours(Extent.Of(2, full: model is VirtualModemModel.Sim800L ? 7 * 24 : 24));
        await RunAsync(model, seed, TimeSpan.FromSeconds(20), async run =>
        {
            while (run.Elapsed < duration)
            {
                var faults = Enumerable.Range(0, 1 + random.Next(3)).Select(_ => all[random.Next(all.Count)]).ToArray();
                await run.StrikeAsync(faults, TimeSpan.FromSeconds(random.Next(1200)));
            }
        });
    }

    [Fact(Timeout = 3_000_000)]
    public async Task Thousands_of_reconnects_leave_no_memory_and_no_handles_behind()
    {
        var connections = Extent.Of(150, full: 10_000);
        var quick = new Sim800ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(50), StableAfter = TimeSpan.Zero };
        await using var stand = new ChaosStand(VirtualModemModel.Sim800L, seed: 1, TimeSpan.FromMinutes(10), quick);
        await stand.StartAsync();
        await ReconnectAsync(stand, connections / 3);
        var (memory, handles) = Held();
        await ReconnectAsync(stand, connections);
        var (memoryAfter, handlesAfter) = Held();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{connections} connections: {memory / 1024} KB and {handles} handles after a third of them, {memoryAfter / 1024} KB and {handlesAfter} handles after all"));
        Assert.InRange(memoryAfter, 0, memory + (512 * 1024));
        Assert.InRange(handlesAfter, 0, handles + 8);
    }

    private static async Task ReconnectAsync(ChaosStand stand, int connections)
    {
        while (stand.Client!.Status.Connections is var before && before < connections)
        {
            stand.Broker.DropConnections();
            Assert.True(await stand.UntilAsync(() => stand.Client.Status is { State: MqttClientState.Connected } now && now.Connections > before, TimeSpan.FromMinutes(10)));
        }
    }

    /// <summary>Managed memory in bytes, and files, sockets and the like that the process has open.</summary>
    private static (long Memory, int Handles) Held() =>
        (GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().HandleCount);

    private static async Task RunAsync(VirtualModemModel model, int seed, TimeSpan interval, Func<ChaosRun, Task> strike)
    {
        await using var stand = new ChaosStand(model, seed, interval);
        await stand.StartAsync();
        var run = new ChaosRun(stand, new Random(seed));
        await strike(run);
        var refusals = stand.Refusals;
        var isDrained = await stand.DrainAsync(TimeSpan.FromHours(1));
        await using var report = new StringWriter(CultureInfo.InvariantCulture);
        await report.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{model}, seed {seed}: {run.Faults} faults in {stand.Clock.Elapsed}, {stand.Client!.Status.Connections} connections"));
        run.Write(report);
        var accounts = stand.Books.Select(static book => book.Close()).ToArray();
        foreach (var (name, account) in ChaosStand.Streams.Zip(accounts))
        {
            await report.WriteLineAsync($"{name}: {account}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(run.Stuck.Count == 0, string.Join('\n', run.Stuck));
        Assert.True(refusals.Count == 0, string.Join(Environment.NewLine, refusals));
        Assert.True(isDrained, $"Not everything was acknowledged in the end: {stand.Client.Status}");
        Assert.All(accounts, static account => Assert.Empty(account.Lost));
        Assert.All(accounts, static account => Assert.Empty(account.OutOfOrder));
        Assert.Empty(accounts[1].Twice);
        Assert.Empty(accounts[3].Twice);
    }
}
