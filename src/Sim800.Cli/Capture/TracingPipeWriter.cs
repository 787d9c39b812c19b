using System.Buffers;
using System.IO.Pipelines;

namespace Sim800.Cli.Capture;

/// <summary>Tells the tap of each flush before it goes out.</summary>
internal sealed class TracingPipeWriter(PipeWriter inner, ITap tap) : PipeWriter
{
    private readonly ArrayBufferWriter<byte> _gathered = new();
    private Memory<byte> _lent;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes)
    {
        _gathered.Write(_lent.Span[..bytes]);
        _lent = _lent[bytes..];
        inner.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => _lent = inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        TellTap();
        inner.Complete(exception);
    }

    public override ValueTask CompleteAsync(Exception? exception = null)
    {
        TellTap();
        return inner.CompleteAsync(exception);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        TellTap();
        return inner.FlushAsync(cancellationToken);
    }

    private void TellTap()
    {
        if (_gathered.WrittenCount > 0)
        {
            tap.Sent(_gathered.WrittenMemory);
            _gathered.ResetWrittenCount();
        }
    }
}
