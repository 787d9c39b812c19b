using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Cli.Capture;

/// <summary>Tells the tap of each byte when it is first seen.</summary>
internal sealed class TracingPipeReader(PipeReader inner, ITap tap) : PipeReader
{
    private ReadOnlySequence<byte> _current;
    private long _seen;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _seen -= _current.Slice(0, consumed).Length;
        _current = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        See(await inner.ReadAsync(cancellationToken).ConfigureAwait(false));

    public override bool TryRead(out ReadResult result)
    {
        var isRead = inner.TryRead(out result);
        result = isRead ? See(result) : result;
        return isRead;
    }

    private ReadResult See(ReadResult result)
    {
        _current = result.Buffer;
        tap.Received(_current.Slice(Math.Min(_seen, _current.Length)));
        _seen = Math.Max(_seen, _current.Length);
        return result;
    }
}
