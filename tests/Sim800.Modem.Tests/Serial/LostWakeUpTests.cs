using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using Sim800.Modem.Links;
using Sim800.Modem.Serial;
using TestKit;

namespace Sim800.Modem.Tests.Serial;

/// <summary>The thread that waits for the device, the pipe behind it and the read loop of the channel wake each other up at every exchange.</summary>
[Collection("Alone")]
public sealed class LostWakeUpTests
{
    private static readonly AtCommand Signal = new("AT+CSQ", TimeSpan.FromMinutes(1)) { Information = ["+CSQ:*"] };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = 3_600_000)]
    public async Task No_answer_stays_in_the_line_while_every_processor_is_busy()
    {
        var exchanges = Extent.Of(sample: 500, full: 100_000);
        using var modem = new PseudoTerminal();
        await using var line = SerialLine.Open(modem.DevicePath, new SerialLineOptions());
        await using var channel = new AtChannel(line, new AtChannelOptions
        {
            Tables = new Sim800Dialect().Tables,
            Urcs = new UrcRouter(),
            Data = new LinkTable(6),
            Logger = NullLogger.Instance,
            Clock = TimeProvider.System,
            OnFault = _ => { },
            OnEcho = () => { },
        });
        channel.Start();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Spin(end.Token)).ToArray();
        var answering = AnswerAsync(modem, exchanges);
        var slowest = TimeSpan.Zero;
        for (var exchange = 0; exchange < exchanges; exchange++)
        {
            var started = Stopwatch.GetTimestamp();
            var response = await channel.SendAsync(Signal, Ct);
            var took = Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
            Assert.Equal([$"+CSQ: {exchange % 32},0"], response.Information);
        }

        await answering;
        await end.CancelAsync();
        await Task.WhenAll(busy);
        Assert.Equal(0, channel.ResynchronisationCount);
        TestContext.Current.TestOutputHelper?.WriteLine($"{exchanges} exchanges, the slowest in {slowest.TotalMilliseconds:F0} ms");
    }

    private static async Task AnswerAsync(PseudoTerminal modem, int exchanges)
    {
        for (var exchange = 0; exchange < exchanges; exchange++)
        {
            Assert.Equal("AT+CSQ\r", Encoding.ASCII.GetString(await modem.ReadAsync(7, Ct)));
            await modem.WriteAsync(Encoding.ASCII.GetBytes($"\r\n+CSQ: {exchange % 32},0\r\n\r\nOK\r\n"), Ct);
        }
    }

    /// <summary>Keeps a processor busy on a thread of its own.</summary>
    private static Task Spin(CancellationToken end) => Task.Factory.StartNew(
        () =>
        {
            while (!end.IsCancellationRequested)
            {
                Thread.SpinWait(1000);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
