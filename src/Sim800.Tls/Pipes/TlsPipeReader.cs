using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Sim800.Tls.Pipes;

/// <summary>The application's way in: a read decrypts what the transport has, and waits for more only if that is nothing.</summary>
internal sealed class TlsPipeReader(EngineDriver driver) : PipeReader
{
    public override bool TryRead(out ReadResult result)
    {
        while (!driver.Receiver.Plaintext.TryRead(out result))
        {
            if (!driver.TryReceive())
            {
                return false;
            }
        }

        return true;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        driver.Receiver.Plaintext.TryRead(out var result) ? new ValueTask<ReadResult>(result) : ReceiveAsync(cancellationToken);

    public override void AdvanceTo(SequencePosition consumed) => driver.Receiver.Plaintext.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) =>
        driver.Receiver.Plaintext.AdvanceTo(consumed, examined);

    public override void CancelPendingRead()
    {
        driver.Receiver.Plaintext.CancelPendingRead();
        driver.CancelPendingReceive();
    }

    public override void Complete(Exception? exception = null) => driver.Receiver.Plaintext.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReceiveAsync(CancellationToken cancellationToken)
    {
        ReadResult result;
        do
        {
            await driver.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!driver.Receiver.Plaintext.TryRead(out result));

        return result;
    }
}
