using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sim800.Modem.Serial;

/// <summary>
/// The reading side of a line. A pipe that is completed with an exception throws it before the bytes still in it were
/// read; here they are handed out first, and only then comes the reason why the line ended.
/// </summary>
internal sealed class SerialLineReader(PipeReader received, SerialPoller poller) : PipeReader
{
    private const long NotYetExamined = -1;

    private ReadOnlySequence<byte> _last;
    private long _examinedAndLeft = NotYetExamined;

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _examinedAndLeft = _last.Slice(examined).IsEmpty ? _last.Slice(consumed).Length : NotYetExamined;
        _last = default;
        received.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => received.CancelPendingRead();

    public override void Complete(Exception? exception = null) => received.Complete(exception);

    /// <exception cref="SerialPortException">The device has gone, and all it sent was read.</exception>
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        !cancellationToken.IsCancellationRequested && TryRead(out var result)
            ? ValueTask.FromResult(result)
            : WaitAsync(cancellationToken);

    /// <exception cref="SerialPortException">The device has gone, and all it sent was read.</exception>
    public override bool TryRead(out ReadResult result)
    {
        if (!received.TryRead(out result))
        {
            return false;
        }

        result = Judge(result);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(CancellationToken cancellationToken) =>
        Judge(await received.ReadAsync(cancellationToken).ConfigureAwait(false));

    private ReadResult Judge(ReadResult result)
    {
        _last = result.Buffer;
        if (!result.IsCompleted || poller.Fault is not { } reason)
        {
            return result;
        }

        if (result.Buffer.IsEmpty || result.Buffer.Length == _examinedAndLeft)
        {
            received.AdvanceTo(result.Buffer.Start);
            throw reason;
        }

        return new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false);
    }
}
