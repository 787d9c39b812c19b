using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.Links;

/// <summary>
/// Writes into the outbound pipe of a link. Once the link has ended, every flush throws the reason, a pending one at once: it does not
/// wait for the sender, whose last command may take a minute.
/// </summary>
internal sealed class LinkWriter(PipeWriter inner, LinkEnd end) : PipeWriter
{
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    /// <summary>Without the exception, which the sender would meet in place of what was written before.</summary>
    public override void Complete(Exception? exception = null) => inner.Complete();

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        end.ThrowIfEnded();
        return Judge(await inner.FlushAsync(cancellationToken).ConfigureAwait(false));
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    public override async ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        end.ThrowIfEnded();
        return Judge(await inner.WriteAsync(source, cancellationToken).ConfigureAwait(false));
    }

    private FlushResult Judge(FlushResult result)
    {
        if (result.IsCanceled || result.IsCompleted)
        {
            end.ThrowIfEnded();
        }

        return result;
    }
}
