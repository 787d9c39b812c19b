using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Sim800.Tls.Engines;

namespace Sim800.Tls.Pipes;

/// <summary>
/// Drives an engine over a transport, on the tasks of those who read and write: there is none of its own. What the engine
/// wants to send by itself waits until the application flushes or a read has to wait, so that it shares their transport flush.
/// </summary>
internal sealed class EngineDriver : IDisposable
{
    private readonly ITlsEngine _engine;
    private readonly IDuplexPipe _transport;
    private readonly TlsClientOptions _options;
    private readonly ILogger _logger;
    private readonly Action _onFailure;
    private readonly CountingBufferWriter _output;
    private readonly Pipe _plaintext = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));

    /// <summary>Held while something is written to the transport and flushed.</summary>
    private readonly SemaphoreSlim _sending = new(1, 1);

    private Exception? _failure;

    /// <param name="engine">Not started; belongs to the driver from now on.</param>
    /// <param name="transport">Stays the caller's.</param>
    /// <param name="options">For clock, time-outs and logger.</param>
    /// <param name="onFailure">Called when TLS itself fails, as a session must not outlive that.</param>
    internal EngineDriver(ITlsEngine engine, IDuplexPipe transport, TlsClientOptions options, Action onFailure)
    {
        _engine = engine;
        _transport = transport;
        _options = options;
        _logger = options.LoggerFactory.CreateLogger<TlsConnection>();
        _onFailure = onFailure;
        _output = new CountingBufferWriter(transport.Output);
    }

    /// <summary>Decrypted and not yet taken.</summary>
    internal PipeReader Plaintext => _plaintext.Reader;

    internal long BytesSent => _output.Count;

    internal long BytesReceived { get; private set; }

    internal long PlaintextSent { get; private set; }

    internal long PlaintextReceived { get; private set; }

    internal long Flushes { get; private set; }

    internal TlsEngineState State
    {
        get
        {
            lock (_engine)
            {
                return _engine.State;
            }
        }
    }

    public void Dispose()
    {
        lock (_engine)
        {
            _engine.Dispose();
        }
    }

    /// <summary>Runs the handshake. The last flight may be left as output of the engine.</summary>
    internal async Task HandshakeAsync(CancellationToken cancellationToken)
    {
        _engine.Start();
        while (_engine.State == TlsEngineState.Handshaking)
        {
            await FlushEngineOutputAsync(cancellationToken).ConfigureAwait(false);
            await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for bytes of the server and decrypts what is whole.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (!_transport.Input.TryRead(out var result))
        {
            await FlushEngineOutputAsync(cancellationToken).ConfigureAwait(false);
            result = await ReadTransportAsync(cancellationToken).ConfigureAwait(false);
        }

        var before = PlaintextReceived;
        try
        {
            Take(result);
        }
        catch (TlsException e)
        {
            Fail(e);
            _onFailure();
            await TryInTimeAsync(FlushEngineOutputAsync).ConfigureAwait(false);
            if (PlaintextReceived == before)
            {
                throw;
            }

            // What came before the fault is authentic and is read first; the next read throws.
        }
    }

    /// <summary>Encrypts <paramref name="plaintext"/> behind what the engine has to send, and flushes the transport once.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<FlushResult> SendAsync(PlaintextBuffer plaintext, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        FlushResult result;
        try
        {
            ThrowIfClosed();
            Encrypt(plaintext);
            result = await FlushTransportAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }

        await FlushEngineOutputAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>
    /// Sends what the engine has to say, unless somebody is sending: that one looks again when it is done, so a reader never
    /// waits for a writer.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask FlushEngineOutputAsync(CancellationToken cancellationToken)
    {
        while (HasEngineOutput() && await _sending.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                lock (_engine)
                {
                    _engine.ReadOutput(_output);
                }

                await FlushTransportAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _sending.Release();
            }
        }
    }

    /// <summary>Sends close_notify, if the transport takes it in time. Who is sending something else goes first.</summary>
    internal async Task CloseAsync()
    {
        if (Volatile.Read(ref _failure) is null)
        {
            await TryInTimeAsync(SendCloseNotifyAsync).ConfigureAwait(false);
        }

        Fail(new TlsClosedException(TlsCloseReason.ByClient));
    }

    internal void CancelPendingReceive() => _transport.Input.CancelPendingRead();

    internal void CancelPendingFlush() => _transport.Output.CancelPendingFlush();

    /// <summary>The one door through which the connection dies: the first reason stays.</summary>
    internal void Fail(Exception reason) => Interlocked.CompareExchange(ref _failure, reason, null);

    private void ThrowIfClosed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw failure as TlsClosedException ?? new TlsClosedException(TlsCloseReason.Failed, failure);
        }

        switch (State)
        {
            case TlsEngineState.ClosedByServer:
                throw new TlsClosedException(TlsCloseReason.ByServer);
            case TlsEngineState.ClosedByClient:
                throw new TlsClosedException(TlsCloseReason.ByClient);
        }
    }

    private void Encrypt(PlaintextBuffer plaintext)
    {
        lock (_engine)
        {
            _engine.ReadOutput(_output);
            _engine.OfferPlaintext(plaintext.Written, _output);
        }

        PlaintextSent += plaintext.Length;
        plaintext.Clear();
    }

    private bool HasEngineOutput()
    {
        lock (_engine)
        {
            return _engine.HasOutput;
        }
    }

    private void Take(ReadResult result)
    {
        var input = result.Buffer;
        var before = input.Length;
        try
        {
            lock (_engine)
            {
                _engine.OfferInput(ref input, _plaintext.Writer);
                if (result.IsCompleted)
                {
                    _engine.OfferEndOfInput();
                }
            }
        }
        finally
        {
            BytesReceived += before - input.Length;
            PlaintextReceived += _plaintext.Writer.UnflushedBytes;
            _transport.Input.AdvanceTo(input.Start, input.End);
            MakeReadable();
        }
    }

    /// <summary>Without a threshold this never waits.</summary>
    private void MakeReadable()
    {
        var flush = _plaintext.Writer.FlushAsync(CancellationToken.None);
        System.Diagnostics.Debug.Assert(flush.IsCompleted, "A pipe without a threshold does not pause its writer.");
        if (_engine.State is TlsEngineState.ClosedByServer)
        {
            _plaintext.Writer.Complete();
        }
    }

    private async ValueTask<ReadResult> ReadTransportAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e);
            throw;
        }
    }

    private async ValueTask<FlushResult> FlushTransportAsync(CancellationToken cancellationToken)
    {
        try
        {
            Flushes++;
            return await _transport.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Farewells and alerts: sent if the transport takes them, but no reason to fail or to wait long.</summary>
    private async ValueTask TryInTimeAsync(Func<CancellationToken, ValueTask> send)
    {
        using var patience = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        try
        {
            await send(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            Log.AlertNotSent(_logger, e);
        }
    }

    private async ValueTask SendCloseNotifyAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_engine)
            {
                _engine.Close();
                _engine.ReadOutput(_output);
            }

            await FlushTransportAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }
}
