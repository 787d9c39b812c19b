using System.IO.Pipelines;

namespace Sim800.Benchmarks.Layers;

/// <summary>
/// A line without a thread or an allocation of its own: what is at its other end answers within the flush that asks. So what is
/// measured is the client.
/// </summary>
internal abstract class CannedLine : PipeWriter, IDuplexPipe
{
    private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly byte[] _written = new byte[256 * 1024];
    private int _count;

    public PipeReader Input => _toClient.Reader;

    public PipeWriter Output => this;

    internal IPeer? Peer { get; set; }

    protected Lock Gate { get; } = new();

    public override void Advance(int bytes) => _count += bytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _written.AsMemory(_count);

    public override Span<byte> GetSpan(int sizeHint = 0) => _written.AsSpan(_count);

    public override void CancelPendingFlush()
    {
        // no flush is ever pending
    }

    public override void Complete(Exception? exception = null) => _toClient.Writer.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var count = _count;
        _count = 0;
        Take(_written.AsSpan(0, count));
        return default;
    }

    /// <summary>Bytes of the peer for the client.</summary>
    internal abstract void Deliver(ReadOnlySpan<byte> bytes);

    protected abstract void Take(ReadOnlySpan<byte> bytes);

    /// <summary>Called under the gate.</summary>
    protected void Say(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_toClient.Writer.GetSpan(bytes.Length));
        _toClient.Writer.Advance(bytes.Length);
    }

    /// <inheritdoc cref="Say"/>
    protected void Flush()
    {
#pragma warning disable CA2012 // a pipe without a threshold has flushed when the call returns
        _ = _toClient.Writer.FlushAsync(CancellationToken.None);
#pragma warning restore CA2012
    }
}
