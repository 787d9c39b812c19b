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
    private readonly Action _onFailure;
    private readonly ConnectionFault _fault = new();
    private readonly TlsSender _sender;
    private readonly TlsReceiver _receiver;

    /// <param name="engine">Not started; belongs to the driver from now on.</param>
    /// <param name="transport">Stays the caller's.</param>
    /// <param name="options">For clock, time-outs and logger.</param>
    /// <param name="onFailure">Called when TLS itself fails, as a session must not outlive that.</param>
    internal EngineDriver(ITlsEngine engine, IDuplexPipe transport, TlsClientOptions options, Action onFailure)
    {
        _engine = engine;
        _transport = transport;
        _options = options;
        _onFailure = onFailure;
        _sender = new TlsSender(engine, transport.Output, _fault);
        _receiver = new TlsReceiver(engine, transport.Input, _fault);
    }

    internal TlsSender Sender => _sender;

    internal TlsReceiver Receiver => _receiver;

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
            await _sender.SendEngineOutputAsync(cancellationToken).ConfigureAwait(false);
            await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Decrypts what the transport has, or waits for more of it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        ThrowIfOver();
        var before = _receiver.PlaintextReceived;
        try
        {
            if (!_receiver.TryReceive())
            {
                await _sender.SendEngineOutputAsync(cancellationToken).ConfigureAwait(false);
                await _receiver.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (TlsException e)
        {
            Fail(e);
            await TryInTimeAsync(_sender.SendEngineOutputAsync).ConfigureAwait(false);
            if (_receiver.PlaintextReceived == before)
            {
                throw;
            }

            // What came before the fault is authentic and is read first; the next read throws.
        }
        catch (InvalidOperationException) when (_fault.Reason is not null)
        {
            ThrowIfOver(); // disposed in the middle of a read
            throw;
        }
    }

    /// <summary>Decrypts what the transport has, if anything.</summary>
    /// <returns><c>false</c> when it has nothing new.</returns>
    internal bool TryReceive()
    {
        ThrowIfOver();
        try
        {
            return _receiver.TryReceive();
        }
        catch (TlsException e)
        {
            Fail(e);
            throw;
        }
    }

    /// <summary>Sends close_notify, if the transport takes it in time.</summary>
    internal async Task CloseAsync()
    {
        if (_fault.Reason is null)
        {
            await TryInTimeAsync(_sender.SendFarewellAsync).ConfigureAwait(false);
        }

        _fault.Set(new TlsClosedException(TlsCloseReason.ByClient));
    }

    internal void CancelPendingReceive() => _transport.Input.CancelPendingRead();

    internal void CancelPendingFlush() => _transport.Output.CancelPendingFlush();

    /// <summary>A reader gets the reason itself.</summary>
    private void ThrowIfOver()
    {
        if (_fault.Reason is { } reason)
        {
            ExceptionDispatchInfo.Throw(reason);
        }
    }

    private void Fail(TlsException reason)
    {
        _fault.Set(reason);
        if (reason is not TlsClosedException { Reason: TlsCloseReason.Truncated })
        {
            _onFailure(); // a link that is lost says nothing against the session (RFC 5246 §7.2.1), and needs it most
        }
    }

    /// <summary>Farewells and alerts: sent if the transport takes them, but no reason to fail or to wait long.</summary>
    private async ValueTask TryInTimeAsync(Func<CancellationToken, ValueTask> send)
    {
        using var patience = new CancellationTokenSource(_options.CloseTimeout, _options.TimeProvider);
        try
        {
            await send(patience.Token).AsTask().WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            Log.AlertNotSent(_options.LoggerFactory.CreateLogger<TlsConnection>(), e);
        }
    }
}
