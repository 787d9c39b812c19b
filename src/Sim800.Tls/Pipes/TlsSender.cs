using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Sim800.Tls.Engines;

namespace Sim800.Tls.Pipes;

/// <summary>The way out: one at a time encrypts into the transport and flushes it once.</summary>
#pragma warning disable CA1001 // the semaphore never makes a handle, and may be waited for when the connection is disposed
internal sealed class TlsSender(ITlsEngine engine, PipeWriter transport, ConnectionFault fault)
#pragma warning restore CA1001
{
    private readonly CountingBufferWriter _output = new(transport);

    /// <summary>The transport takes nothing any more. What it still brings can be read all the same: a server's last words are among it.</summary>
    private readonly ConnectionFault _brokenTransport = new();

    /// <summary>Held from the first byte written to the transport until its flush is done.</summary>
    private readonly SemaphoreSlim _sending = new(1, 1);

    internal long BytesSent => _output.Count;

    internal long PlaintextSent { get; private set; }

    internal long Flushes { get; private set; }

    private bool HasEngineOutput
    {
        get
        {
            lock (engine)
            {
                return engine.HasOutput;
            }
        }
    }

    /// <summary>Encrypts <paramref name="plaintext"/> behind what the engine has to send, and flushes the transport once.</summary>
    internal ValueTask<FlushResult> SendAsync(PlaintextBuffer plaintext, CancellationToken cancellationToken)
    {
        // Where nothing has to wait there is no need for a state machine.
        var entering = _sending.WaitAsync(cancellationToken);
        if (!entering.IsCompletedSuccessfully)
        {
            return SendWhenFreeAsync(entering, plaintext, cancellationToken);
        }

        var flushing = EncryptAndFlushAsync(plaintext, cancellationToken);
        if (!flushing.IsCompletedSuccessfully)
        {
            return FinishAsync(flushing, cancellationToken);
        }

        _sending.Release();
        return HasEngineOutput ? SendRestAsync(flushing, cancellationToken) : flushing;
    }

    /// <summary>
    /// Sends what the engine has to say, unless somebody is sending: that one looks again when it is done, so a reader never
    /// waits for a writer.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask SendEngineOutputAsync(CancellationToken cancellationToken)
    {
        while (_brokenTransport.Reason is null && HasEngineOutput && await _sending.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                lock (engine)
                {
                    engine.ReadOutput(_output);
                }

                await FlushAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _sending.Release();
            }
        }
    }

    /// <summary>Sends close_notify. Who is sending something else goes first.</summary>
    internal async ValueTask SendFarewellAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (engine)
            {
                engine.Close();
                engine.ReadOutput(_output);
            }

            await FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> SendWhenFreeAsync(Task entering, PlaintextBuffer plaintext, CancellationToken cancellationToken)
    {
        await entering.ConfigureAwait(false);
        return await FinishAsync(EncryptAndFlushAsync(plaintext, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<FlushResult> FinishAsync(ValueTask<FlushResult> flushing, CancellationToken cancellationToken)
    {
        FlushResult result;
        try
        {
            result = await flushing.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or TlsException))
        {
            _brokenTransport.Set(e);
            throw;
        }
        finally
        {
            _sending.Release();
        }

        await SendEngineOutputAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async ValueTask<FlushResult> SendRestAsync(ValueTask<FlushResult> flushing, CancellationToken cancellationToken)
    {
        var result = await flushing.ConfigureAwait(false);
        await SendEngineOutputAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private ValueTask<FlushResult> EncryptAndFlushAsync(PlaintextBuffer plaintext, CancellationToken cancellationToken)
    {
        try
        {
            fault.ThrowIfSet();
            _brokenTransport.ThrowIfSet();
            Encrypt(plaintext);
            Flushes++;
            return transport.FlushAsync(cancellationToken);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<FlushResult>(e);
        }
    }

    private void Encrypt(PlaintextBuffer plaintext)
    {
        lock (engine)
        {
            switch (engine.State)
            {
                case TlsEngineState.ClosedByServer:
                    throw new TlsClosedException(TlsCloseReason.ByServer);
                case TlsEngineState.ClosedByClient:
                    throw new TlsClosedException(TlsCloseReason.ByClient);
                case TlsEngineState.Failed:
                    throw new TlsClosedException(TlsCloseReason.Failed); // a reader has just found out, and its alert is the last word
            }

            engine.ReadOutput(_output);
            engine.OfferPlaintext(plaintext.Written, _output);
        }

        PlaintextSent += plaintext.Length;
        plaintext.Release();
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            Flushes++;
            await transport.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _brokenTransport.Set(e);
            throw;
        }
    }
}

/// <summary>Counts what goes into the transport.</summary>
internal sealed class CountingBufferWriter(IBufferWriter<byte> inner) : IBufferWriter<byte>
{
    internal long Count { get; private set; }

    public void Advance(int count)
    {
        inner.Advance(count);
        Count += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
}
