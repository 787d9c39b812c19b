using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sim800.Pipes;

/// <summary>Reads a pipe to its end and then throws the reason of that. A pipe that is completed with an exception throws at once,
/// and what came before it, perhaps the other side's last words, would be lost.</summary>
/// <param name="inner">Completed without an exception, after its reason is known.</param>
/// <param name="reason">Gives the reason; <c>null</c> for a regular end.</param>
internal sealed class ReasonedReader(PipeReader inner, Func<Exception?> reason) : PipeReader
{
    private ReadOnlySequence<byte> _given;
    private long _seen;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _seen = _given.Slice(consumed, examined).Length;
        _given = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <summary>Without the exception, which is the reader's own: to the writer it is enough that nobody reads any more.</summary>
    public override void Complete(Exception? exception = null) => inner.Complete();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Judge(await inner.ReadAsync(cancellationToken).ConfigureAwait(false));

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
        {
            return false;
        }

        result = Judge(result);
        return true;
    }

    private ReadResult Judge(in ReadResult result)
    {
        _given = result.Buffer;
        if (!result.IsCompleted || reason() is not { } failure)
        {
            return result;
        }

        if (result.Buffer.Length <= _seen)
        {
            inner.AdvanceTo(result.Buffer.Start);
            throw failure;
        }

        return new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false);
    }
}
