using System.Buffers;
using System.IO.Pipelines;
using Sim800.Simulator.Broker.Codec;
using Sim800.Simulator.Broker.Sessions;

namespace Sim800.Simulator.Broker;

/// <summary>The shell around one <see cref="ClientLink"/>: a read loop, a write loop and one deadline.</summary>
internal sealed class BrokerConnection : IDisposable
{
    /// <summary>The time a client has to take the last bytes.</summary>
    private static readonly TimeSpan LingerTime = TimeSpan.FromSeconds(5);

    private readonly BrokerCore _core;
    private readonly IDuplexPipe _transport;
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _closing;
    private readonly Outbox _outbox;
    private readonly ClientLink _link;
    private volatile bool _isCut;

    internal BrokerConnection(BrokerCore core, IDuplexPipe transport)
    {
        (_core, _transport) = (core, transport);
        _closing = new CancellationTokenSource(core.Options.ConnectTimeout, core.Options.TimeProvider);
        _outbox = new Outbox(Signal);
        _link = core.NewLink(_outbox);
    }

    internal string? ClientId => _link.ClientId;

    /// <summary>What ended the connection, where that was a fault.</summary>
    internal Exception? Reason { get; private set; }

    public void Dispose()
    {
        _closing.Dispose();
        _changed.Dispose();
    }

    /// <summary>Cuts the connection as a lost link would: no DISCONNECT, so the will is published.</summary>
    /// <returns><c>false</c> when it has ended by itself.</returns>
    internal bool Cut()
    {
        _isCut = true;
        try
        {
            _closing.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Nothing that comes from now on is taken. Called under the broker's lock.</summary>
    internal void Abandon() => _link.Abandon();

    internal async Task<ConnectionEnd> RunAsync(CancellationToken cancellationToken)
    {
        _core.Opened(this);
        var registration = cancellationToken.UnsafeRegister(static self => ((BrokerConnection)self!).Cut(), this);
        await using var unregister = registration.ConfigureAwait(false);
        var writing = WriteLoopAsync();
        var end = await ReadUntilEndAsync().ConfigureAwait(false);
        lock (_core.Gate)
        {
            _link.End();
            _outbox.Complete();
        }

        _closing.CancelAfter(LingerTime);
        await writing.ConfigureAwait(false);
        _core.Ended(this, end);
        return end;
    }

    private async Task<ConnectionEnd> ReadUntilEndAsync()
    {
        try
        {
            await ReadLoopAsync().ConfigureAwait(false);
            return _link.IsClosed ? ConnectionEnd.Closed : ConnectionEnd.Lost;
        }
        catch (BrokerProtocolException e)
        {
            Reason = e;
            return ConnectionEnd.ProtocolError;
        }
        catch (OperationCanceledException)
        {
            return _outbox.IsCompleted ? ConnectionEnd.Closed : _isCut ? ConnectionEnd.Lost : ConnectionEnd.TimedOut;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Reason = e;
            return ConnectionEnd.Lost;
        }
    }

    private async Task ReadLoopAsync()
    {
        while (!_link.IsClosed)
        {
            var result = await _transport.Input.ReadAsync(_closing.Token).ConfigureAwait(false);
            var buffer = result.Buffer;
            lock (_core.Gate) // what comes together is answered together, and who has the answer can count on the new deadline
            {
                ReceiveAll(ref buffer);
            }

            _transport.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private void ReceiveAll(ref ReadOnlySequence<byte> buffer)
    {
        while (!_link.IsClosed && Frame.TryRead(ref buffer, _core.Options.MaxPacketSize, out var frame))
        {
            _core.Receive(_link, frame);
            _closing.CancelAfter(_link.KeepAliveLimit ?? Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Writes what gathers; its end is the end of the connection.</summary>
    private async Task WriteLoopAsync()
    {
        try
        {
            while (true)
            {
                var (bytes, isLast) = Take();
                if (!bytes.IsEmpty)
                {
                    await WriteAsync(bytes).ConfigureAwait(false);
                }
                else if (isLast)
                {
                    return;
                }
                else
                {
                    await _changed.WaitAsync(_closing.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            _isCut |= e is not OperationCanceledException;
            Reason ??= e is OperationCanceledException ? null : e;
        }
        finally
        {
            await _closing.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = _core.Options.WritesPacketsSingly ? PacketWriter.LengthOfFirst(bytes.Span) : bytes.Length;
            await _transport.Output.WriteAsync(bytes[..piece], _closing.Token).ConfigureAwait(false);
            bytes = bytes[piece..];
        }
    }

    private (ReadOnlyMemory<byte> Bytes, bool IsLast) Take()
    {
        lock (_core.Gate)
        {
            return (_outbox.Take(), _outbox.IsCompleted);
        }
    }

    /// <summary>Called under the broker's lock.</summary>
    private void Signal()
    {
        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }
    }
}

/// <summary>How a connection to the broker ended.</summary>
internal enum ConnectionEnd
{
    Closed,
    Lost,
    TimedOut,
    ProtocolError,
}
