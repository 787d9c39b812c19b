#pragma warning disable MA0040 // the token of the test would allocate its registrations
using System.Buffers;
using System.IO.Pipelines;
using Sim800.Tls.Tests.Peers;
using TestKit;

namespace Sim800.Tls.Tests.Pipes;

/// <summary>What a message costs in garbage: nothing. Less than a byte each is what pools and the counting itself need.</summary>
public sealed class AllocationTests : TlsTest
{
    private const int Messages = 1000;

    /// <summary>A pool that the collector has just trimmed allocates a buffer in one round; what allocates by itself does so in each.</summary>
    private const int Rounds = 4;
    private static readonly byte[] Message = new byte[100];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Sending_does_not_allocate(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        var transport = new MutableTransport(server.Transport);
        await using var connection = await ConnectAsync(transport, Options(SharedAuthorities.P256, engine));
        Assert.Equal("hello", await EchoAsync(connection, "hello"));
        transport.DiscardOutput();

        Assert.InRange(await SteadyState.LeastBytesAsync(() => SendAllAsync(connection, Messages), Messages, Cancel), 0, Messages);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Receiving_does_not_allocate(TlsEngine engine)
    {
        // The whole input is there before it is read: only what a read itself does is measured.
        var line = new DuplexPipePair(new PipeOptions(pauseWriterThreshold: 0));
        await using var server = SslStreamServer.Start(SharedAuthorities.P256, line: line);
        await using var connection = await ConnectAsync(server.Transport, Options(SharedAuthorities.P256, engine));
        Assert.Equal("hello", await EchoAsync(connection, "hello"));
        for (var i = 0; i < (Rounds + 2) * Messages; i++)
        {
            await server.SendAsync(Message, Cancel);
        }

        await ReceiveAllAsync(connection, Messages);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > Messages; round++)
        {
            least = Math.Min(least, await ReceiveAllAsync(connection, Messages));
        }

        Assert.InRange(least, 0, Messages);
    }

    private static async Task SendAllAsync(TlsConnection connection, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Message.CopyTo(connection.Output.GetSpan(Message.Length));
            connection.Output.Advance(Message.Length);
            await connection.Output.FlushAsync(CancellationToken.None);
        }
    }

    /// <summary>Everything completes at once, so that the loop stays on one thread, whose garbage is counted.</summary>
    private static async Task<long> ReceiveAllAsync(TlsConnection connection, int count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            var read = await connection.Input.ReadAsync(CancellationToken.None);
            connection.Input.AdvanceTo(read.Buffer.GetPosition(Message.Length));
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class MutableTransport(IDuplexPipe inner) : IDuplexPipe
    {
        private readonly SwitchableWriter _output = new(inner.Output);

        public PipeReader Input => inner.Input;

        public PipeWriter Output => _output;

        internal void DiscardOutput() => _output.Discards = true;
    }

    private sealed class SwitchableWriter(PipeWriter inner) : PipeWriter
    {
        private readonly byte[] _sink = new byte[64 * 1024];

        internal bool Discards { get; set; }

        public override void Advance(int bytes)
        {
            if (!Discards)
            {
                inner.Advance(bytes);
            }
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => Discards ? _sink.AsMemory() : inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => Discards ? _sink.AsSpan() : inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            Discards ? default : inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
