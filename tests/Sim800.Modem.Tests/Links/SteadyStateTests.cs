using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Links;

namespace Sim800.Modem.Tests.Links;

/// <summary>What an exchange costs the collector once everything is warm; all threads are counted.</summary>
[Collection("Alone")]
public sealed class SteadyStateTests(ITestOutputHelper output)
{
    private const int Exchanges = 2000;
    private const int Rounds = 5;

    /// <summary>Bytes: what counting and pools cost now and then.</summary>
    private const double Nothing = 4;

    [Fact(Timeout = 120_000)]
    public async Task A_stream_of_sends_allocates_nothing()
    {
        var (send, payload) = (Sim800Commands.Send(0), new ReadOnlySequence<byte>(new byte[100]));
        Assert.InRange(await MeasureAsync(channel => channel.SendAsync(send, 100, payload, CancellationToken.None)), 0, Nothing);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_stream_of_reads_allocates_nothing()
    {
        var receive = Sim800Commands.Receive(0);
        Assert.InRange(await MeasureAsync(channel => channel.SendAsync(receive, CancellationToken.None)), 0, Nothing);
    }

    /// <returns>Bytes per exchange, in the best of several rounds: the process may do something else now and then.</returns>
    private async Task<double> MeasureAsync(Func<AtChannel, ValueTask<AtResponse>> exchange)
    {
        await using var channel = new AtChannel(new AnsweringLine(), new AtChannelOptions
        {
            Urcs = new UrcRouter(),
            Data = new LinkTable(),
            Logger = NullLogger.Instance,
            Clock = TimeProvider.System,
            OnFault = _ => { },
            OnEcho = () => { },
        });
        channel.Start();
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            // away from the test's synchronisation context, which allocates for each continuation
            var bytes = await Task.Run(() => RunAsync(channel, exchange), TestContext.Current.CancellationToken);
            best = Math.Min(best, bytes / (double)Exchanges);
        }

        output.WriteLine($"{best:0.0} bytes per exchange");
        return best;
    }

    private static async Task<long> RunAsync(AtChannel channel, Func<AtChannel, ValueTask<AtResponse>> exchange)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Exchanges; i++)
        {
            Assert.True((await exchange(channel)).FinalResult.IsSuccess);
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
