using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Benchmarks.Link.Records;

/// <summary>A reader whose bytes are looked at when they are taken.</summary>
internal sealed class RecordCountingReader(PipeReader inner, RecordCounter counter) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        foreach (var segment in _buffer.Slice(_buffer.Start, consumed))
        {
            counter.Feed(segment.Span);
        }

        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        _buffer = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var hasRead = inner.TryRead(out result);
        _buffer = result.Buffer;
        return hasRead;
    }
}
