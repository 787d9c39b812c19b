using System.IO.Pipelines;

namespace Sim800.Pipes;

/// <summary>Reads a pipe to its end and then throws the reason of that. A pipe that is completed with an exception throws at once,
/// and what came before, perhaps the server's refusal, would be lost.</summary>
internal sealed class ReasonedReader(PipeReader inner) : PipeReader
{
    private Exception? _reason;
    private bool _isAllGiven;

    /// <summary>To be set before the pipe is completed.</summary>
    internal Exception? Reason
    {
        set => Volatile.Write(ref _reason, value);
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

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
        if (!result.IsCompleted || Volatile.Read(ref _reason) is not { } reason)
        {
            return result;
        }

        if (_isAllGiven || result.Buffer.IsEmpty)
        {
            inner.AdvanceTo(result.Buffer.Start);
            throw reason;
        }

        _isAllGiven = true;
        return new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false);
    }
}
