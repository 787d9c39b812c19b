using System.Buffers;
using System.IO.Pipelines;
using Sim800.Tls.Tests.Peers;
using TestKit;

namespace Sim800.Tls.Tests.Pipes;

/// <summary>One reader and one writer at a time, and what happens when one of them is stuck.</summary>
public sealed class ConcurrencyTests : TlsTest
{
    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Megabytes_go_both_ways_at_once(TlsEngine engine)
    {
        var seed = Seed.Fresh();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        await using var connection = await ConnectAsync(server.Transport, Options(SharedAuthorities.P256, engine));
        var data = new byte[2_000_000];
        random.NextBytes(data);

        var receiving = ReceiveAsync(connection, data.Length);
        for (var sent = 0; sent < data.Length;)
        {
            var piece = Math.Min(random.Next(1, 40_000), data.Length - sent);
            connection.Output.Write(data.AsSpan(sent, piece));
            await connection.Output.FlushAsync(Cancel);
            sent += piece;
        }

        Assert.Equal(data, await receiving);
        Assert.Equal(data.Length, connection.Info.PlaintextSent);
        Assert.Equal(data.Length, connection.Info.PlaintextReceived);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_read_that_waits_ends_with_disposal(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        var connection = await ConnectAsync(server.Transport, Options(SharedAuthorities.P256, engine));
        Assert.Equal("hello", await EchoAsync(connection, "hello"));
        var reading = connection.Input.ReadAsync(Cancel).AsTask();
        Assert.False(reading.IsCompleted);
        await connection.DisposeAsync();

        var failure = await Assert.ThrowsAsync<TlsClosedException>(() => reading.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        Assert.Equal(TlsCloseReason.ByClient, failure.Reason);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Disposal_does_not_wait_for_ever_for_a_transport_that_is_stuck(TlsEngine engine)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        var transport = new StuckTransport(server.Transport);
        var connection = await ConnectAsync(transport, Options(SharedAuthorities.P256, engine) with { TimeProvider = clock });
        Assert.Equal("hello", await EchoAsync(connection, "hello"));
        transport.IsStuck = true;
        connection.Output.Write("more"u8);
        var flushing = connection.Output.FlushAsync(Cancel).AsTask();

        var disposing = connection.DisposeAsync().AsTask();
        Assert.False(flushing.IsCompleted);
        Assert.False(disposing.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        await disposing.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_flush_that_was_given_up_loses_nothing(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        await using var connection = await ConnectAsync(server.Transport, Options(SharedAuthorities.P256, engine));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        connection.Output.Write("hel"u8);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connection.Output.FlushAsync(cancelled.Token));

        connection.Output.Write("lo"u8);
        await connection.Output.FlushAsync(Cancel);
        Assert.Equal("hello"u8.ToArray(), await ReceiveAsync(connection, 5));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task What_the_server_said_is_read_after_a_write_has_failed(TlsEngine engine)
    {
        await using var server = SslStreamServer.Start(SharedAuthorities.P256);
        var transport = new StuckTransport(server.Transport);
        await using var connection = await ConnectAsync(transport, Options(SharedAuthorities.P256, engine));
        await SendAsync(connection, "last words");
        var reason = new IOException("The link is gone.");
        transport.Failure = reason;
        connection.Output.Write("more"u8);
        Assert.Same(reason, await Assert.ThrowsAsync<IOException>(async () => await connection.Output.FlushAsync(Cancel)));

        Assert.Equal("last words"u8.ToArray(), await ReceiveAsync(connection, 10));
        var failure = await Assert.ThrowsAsync<TlsClosedException>(async () => await connection.Output.FlushAsync(Cancel));
        Assert.Same(reason, failure.InnerException);
    }

    private sealed class StuckTransport(IDuplexPipe inner) : IDuplexPipe
    {
        private readonly StuckWriter _output = new(inner.Output);

        public PipeReader Input => inner.Input;

        public PipeWriter Output => _output;

        internal bool IsStuck
        {
            set => _output.IsStuck = value;
        }

        internal Exception Failure
        {
            set => _output.Failure = value;
        }
    }

    private sealed class StuckWriter(PipeWriter inner) : PipeWriter
    {
        private readonly TaskCompletionSource<FlushResult> _never = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal bool IsStuck { get; set; }

        internal Exception? Failure { get; set; }

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            Failure is { } failure ? ValueTask.FromException<FlushResult>(failure)
            : IsStuck ? new ValueTask<FlushResult>(_never.Task)
            : inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
