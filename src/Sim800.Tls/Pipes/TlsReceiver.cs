using System.Diagnostics;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Sim800.Tls.Engines;

namespace Sim800.Tls.Pipes;

/// <summary>The way in: what the transport has is decrypted into a pipe, from which the application reads.</summary>
internal sealed class TlsReceiver(ITlsEngine engine, PipeReader transport, ConnectionFault fault)
{
    private readonly Pipe _plaintext = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));

    /// <summary>Decrypted and not yet taken.</summary>
    internal PipeReader Plaintext => _plaintext.Reader;

    internal long BytesReceived { get; private set; }

    internal long PlaintextReceived { get; private set; }

    /// <summary>Decrypts what the transport has.</summary>
    /// <returns><c>false</c> when it has nothing new.</returns>
    /// <exception cref="TlsException">The connection is over.</exception>
    internal bool TryReceive()
    {
        if (!transport.TryRead(out var result))
        {
            return false;
        }

        Take(result);
        return true;
    }

    /// <summary>Waits for the transport and decrypts what it brings.</summary>
    /// <exception cref="TlsException">The connection is over.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        ReadResult result;
        try
        {
            result = await transport.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            fault.Set(e);
            ExceptionDispatchInfo.Throw(fault.Reason!); // after a disposal that is the reason, whatever became of the transport
            throw;
        }

        Take(result);
    }

    private void Take(in ReadResult result)
    {
        var input = result.Buffer;
        var before = input.Length;
        try
        {
            lock (engine)
            {
                engine.OfferInput(ref input, _plaintext.Writer);
                if (result.IsCompleted)
                {
                    engine.OfferEndOfInput();
                }
            }
        }
        finally
        {
            BytesReceived += before - input.Length;
            PlaintextReceived += _plaintext.Writer.UnflushedBytes;
            transport.AdvanceTo(input.Start, input.End);
            MakeReadable();
        }
    }

    private void MakeReadable()
    {
        if (_plaintext.Writer.UnflushedBytes > 0)
        {
            var flush = _plaintext.Writer.FlushAsync(CancellationToken.None);
            Debug.Assert(flush.IsCompleted, "A pipe without a threshold never pauses its writer.");
        }

        if (engine.State == TlsEngineState.ClosedByServer)
        {
            _plaintext.Writer.Complete();
        }
    }
}

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
