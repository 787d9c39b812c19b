using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;

namespace Sim800.Tls.Tests.Peers;

/// <summary>A TCP connection, or one end of a pipe, as a transport that counts its flushes as a modem counts its CIPSENDs.</summary>
public sealed class CountingTransport : IDuplexPipe, IAsyncDisposable
{
    private readonly Socket? _socket;
    private readonly CountingWriter _output;

    public CountingTransport(IDuplexPipe inner)
    {
        Input = inner.Input;
        _output = new CountingWriter(inner.Output);
    }

    private CountingTransport(Socket socket)
    {
        _socket = socket;
        var stream = new NetworkStream(socket, ownsSocket: true);
        Input = PipeReader.Create(stream);
        _output = new CountingWriter(PipeWriter.Create(stream));
    }

    public PipeReader Input { get; }

    public PipeWriter Output => _output;

    /// <summary>The size of each flush that carried something.</summary>
    public IReadOnlyList<long> Flushes => _output.Flushes;

    public bool IsDisposed { get; private set; }

    public static async Task<CountingTransport> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return new CountingTransport(socket);
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _socket?.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class CountingWriter(PipeWriter inner) : PipeWriter
    {
        private readonly List<long> _flushes = [];
        private long _written;

        internal IReadOnlyList<long> Flushes => _flushes;

        public override void Advance(int bytes)
        {
            inner.Advance(bytes);
            _written += bytes;
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            _flushes.Add(_written);
            _written = 0;
            return inner.FlushAsync(cancellationToken);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
