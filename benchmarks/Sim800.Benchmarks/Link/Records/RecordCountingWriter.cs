using System.IO.Pipelines;

namespace Sim800.Benchmarks.Link.Records;

/// <summary>A writer whose bytes are looked at on their way.</summary>
internal sealed class RecordCountingWriter(PipeWriter inner, RecordCounter counter) : PipeWriter
{
    private Memory<byte> _offered;

    public override void Advance(int bytes)
    {
        counter.Feed(_offered.Span[..bytes]);
        _offered = _offered[bytes..];
        inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _offered = inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);
}
