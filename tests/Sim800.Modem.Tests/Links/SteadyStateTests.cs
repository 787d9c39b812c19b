using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Links;
using TestKit;

namespace Sim800.Modem.Tests.Links;

[Collection("Alone")]
public sealed class SteadyStateTests
{
    private const int Rounds = 2000;

#if DEBUG
    /// <summary>Without optimisation the compiler makes classes of its state machines.</summary>
    private const long Limit = 4000;
#else
    private const long Limit = 16;
#endif

    [Fact(Timeout = 60_000)]
    public async Task A_stream_of_sends_allocates_next_to_nothing()
    {
        var line = new DuplexPipePair();
        var links = new LinkTable();
        await using var channel = new AtChannel(line.Left, new AtChannelOptions
        {
            Urcs = new UrcRouter(),
            Data = links,
            Logger = NullLogger.Instance,
            Clock = TimeProvider.System,
            OnFault = _ => { },
            OnEcho = () => { },
        });
        channel.Start();
        var (send, payload) = (Sim800Commands.Send(0), new ReadOnlySequence<byte>(new byte[100]));
        var modem = AcceptAsync(line, 2 * Rounds);
        for (var i = 0; i < Rounds; i++)
        {
            await channel.SendAsync(send, 100, payload, CancellationToken.None);
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Rounds; i++)
        {
            await channel.SendAsync(send, 100, payload, CancellationToken.None);
        }

        var perSend = (GC.GetTotalAllocatedBytes(precise: true) - before) / Rounds;
        await modem;
        TestContext.Current.TestOutputHelper?.WriteLine($"{perSend} bytes per CIPSEND");
        Assert.InRange(perSend, 0, Limit);
    }

    /// <summary>A modem that says yes to every CIPSEND of 100 bytes on link 0.</summary>
    private static async Task AcceptAsync(DuplexPipePair line, int count)
    {
        var (prompt, accepted) = ("\r\n> "u8.ToArray(), "\r\nDATA ACCEPT:0,100\r\n"u8.ToArray());
        for (var i = 0; i < count; i++)
        {
            await TakeAsync(line, "AT+CIPSEND=0,100\r".Length);
            await line.Right.Output.WriteAsync(prompt, CancellationToken.None);
            await TakeAsync(line, 100);
            await line.Right.Output.WriteAsync(accepted, CancellationToken.None);
        }
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask TakeAsync(DuplexPipePair line, int count)
    {
        for (var left = count; left > 0;)
        {
            var result = await line.Right.Input.ReadAsync(CancellationToken.None);
            var taken = (int)Math.Min(left, result.Buffer.Length);
            line.Right.Input.AdvanceTo(result.Buffer.GetPosition(taken));
            left -= taken;
        }
    }
}
