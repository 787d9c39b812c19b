using System.IO.Pipelines;

namespace Sim800.Mqtt.Tests.WebSockets;

/// <summary>Counts the flushes and disposals of what it stands in front of.</summary>
internal sealed class CountingPipe : IDuplexPipe, IAsyncDisposable
{
    private readonly CountingWriter _writer;

    internal CountingPipe(IDuplexPipe inner)
    {
        Input = inner.Input;
        _writer = new CountingWriter(inner.Output);
    }

    public PipeReader Input { get; }

    public PipeWriter Output => _writer;

    internal int Flushes => _writer.Flushes;

    internal int Disposals { get; private set; }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }

    private sealed class CountingWriter(PipeWriter inner) : PipeWriter
    {
        internal int Flushes { get; private set; }

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Flushes++;
            return inner.FlushAsync(cancellationToken);
        }
    }
}
