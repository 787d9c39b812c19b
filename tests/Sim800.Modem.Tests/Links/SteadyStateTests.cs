using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;
using TestKit;

namespace Sim800.Modem.Tests.Links;

/// <summary>What an exchange costs the collector once everything is warm.</summary>
[Collection("Alone")]
public sealed class SteadyStateTests(ITestOutputHelper output)
{
    private const int Exchanges = 2000;

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

    /// <returns>Bytes per exchange.</returns>
    private async Task<double> MeasureAsync(Func<AtChannel, ValueTask<AtResponse>> exchange)
    {
        await using var channel = new AtChannel(new AnsweringLine(), new AtChannelOptions
        {
            Tables = new Sim800Dialect().Tables,
            Urcs = new UrcRouter(),
            Data = new LinkTable(count: 6),
            Logger = NullLogger.Instance,
            Clock = TimeProvider.System,
            OnFault = _ => { },
            OnEcho = () => { },
        });
        channel.Start();
        var least = await SteadyState.LeastBytesAsync(() => RunAsync(channel, exchange), (long)(Nothing * Exchanges), TestContext.Current.CancellationToken);
        var bytes = least / (double)Exchanges;
        output.WriteLine($"{bytes:0.0} bytes per exchange");
        return bytes;
    }

    private static async Task RunAsync(AtChannel channel, Func<AtChannel, ValueTask<AtResponse>> exchange)
    {
        for (var i = 0; i < Exchanges; i++)
        {
            Assert.True((await exchange(channel)).FinalResult.IsSuccess);
        }
    }
}
