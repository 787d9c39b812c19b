using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;
using TestKit;

namespace Sim800.Modem.Tests.At;

public sealed class AllocationTests
{

    [Fact]
    public void Reading_and_sending_allocate_nothing_per_line_on_the_receive_path()
    {
        var (exchange, bytes) = (new AtExchange(), new ByteCounter());
        var dispatcher = new AtDispatcher(exchange, new AtChannelOptions
        {
            Tables = new Sim800Dialect().Tables,
            Urcs = new UrcRouter(),
            Data = bytes,
            Logger = NullLogger.Instance,
            Clock = new ManualTimeProvider(),
            OnFault = _ => { },
            OnEcho = () => { },
        });
        var (read, send) = (Sim800Commands.Receive(0), Sim800Commands.Send(0));
        var announced = Sequence("\r\n+CIPRXGET: 1,0\r\n");
        var answer = Sequence("\r\n+CIPRXGET: 2,0,5,0\r\nhello\r\nOK\r\n");
        var payload = Sequence("hello");
        var prompt = Sequence("\r\n> ");
        var accepted = Sequence("\r\nDATA ACCEPT:0,5\r\n");

        void Round()
        {
            exchange.Begin(read, -1, hasPayload: false);
            dispatcher.BeginListening();
            dispatcher.Dispatch(announced);
            dispatcher.Dispatch(answer);
            exchange.Begin(send, 5, hasPayload: true);
            dispatcher.ExpectPrompt(payload);
            dispatcher.Dispatch(prompt);
            dispatcher.Dispatch(accepted);
        }

        for (var warm = 0; warm < 200; warm++)
        {
            Round();
        }

        bytes.Count = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(5000, bytes.Count);
        Assert.Equal(5, exchange.Transaction.Response.Numbers.Second);
    }

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.Latin1.GetBytes(text));

    private sealed class ByteCounter : ICountedDataSink
    {
        internal long Count { get; set; }

        public void BeginRead(int link, int count, int left)
        {
            // only bytes are counted
        }

        public void BeginPush(int link, int count)
        {
            // only bytes are counted
        }

        public void BeginTransparent()
        {
            // only bytes are counted
        }

        public void Append(ReadOnlySpan<byte> bytes) => Count += bytes.Length;

        public void Slip() => Assert.Fail("nothing was lost");
    }
}
