using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Sim800.Mqtt.Client;

/// <summary>
/// Gathers the packets of one connection, in two buffers that change places, and writes all that has gathered to the transport at once,
/// in one loop. Its buffer belongs to the core's gate.
/// </summary>
internal sealed class ConnectionWriter(
    PipeWriter output, int capacity, TimeProvider clock, Gate gate, Action onFlushed, CancellationToken ended) : IBufferWriter<byte>
{
    private const int SmallestBuffer = 4096;
    private const int StreamPiece = 8 * 1024;

    /// <summary>One TLS record. A flush of more would cost as many, and its progress on a slow line that is busy the other way too would
    /// be seen too late.</summary>
    private const int MostPerFlush = 16 * 1024;

    /// <summary>
    /// The server reads nothing of a record before all of it is there. On a slow line CONNECT and what waits behind it would reach it late,
    /// or, where connections live short, never. This much leaves together with the last flight of a TLS handshake in one AT+CIPSEND.
    /// </summary>
    private const int FirstFlush = 1024;

    /// <summary>
    /// What a flush may take. The server has nothing of a record before its end, and hangs up when that comes later than one and a half times the
    /// keep-alive: on a slow line records are kept short.
    /// </summary>
    private static readonly TimeSpan SlowFlush = TimeSpan.FromSeconds(5);

    private readonly Queue<Batch> _sealed = new();
    private readonly List<(long Position, TaskCompletionSource Flushed)> _waiters = [];
    private readonly WakeUp _wakeUp = new();
    private byte[] _buffer = [];
    private byte[] _spare = [];
    private int _count;
    private int _perFlush = FirstFlush;
    private bool _isFinishing;
    private MqttClosedException? _closed;

    /// <summary>How many bytes have been gathered since the connection began.</summary>
    internal long Gathered { get; private set; }

    /// <summary>How many of them the transport has taken.</summary>
    internal long Flushed { get; private set; }

    internal bool HasRoom => Gathered - Flushed < capacity;

    internal bool IsDrained => Gathered == Flushed;

    public void Advance(int count)
    {
        _count += count;
        Gathered += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureSpace(sizeHint);
        return _buffer.AsMemory(_count);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureSpace(sizeHint);
        return _buffer.AsSpan(_count);
    }

    /// <summary>What is gathered so far goes out before <paramref name="payload"/>, and everything else after it.</summary>
    internal void Append(PayloadStream payload)
    {
        gate.AssertHeld();
        _sealed.Enqueue(new Batch(_buffer, _count, payload));
        (_buffer, _count) = ([], 0);
        Gathered += payload.Length;
    }

    /// <summary>Wakes the loop if there is something to write.</summary>
    internal void Wake()
    {
        gate.AssertHeld();
        if (!IsDrained)
        {
            _wakeUp.Set();
        }
    }

    /// <summary>Ends when the transport has taken all that is gathered so far.</summary>
    internal Task WhenDrainedAsync() => WhenFlushedAsync(Gathered);

    /// <summary>Ends when there is room for one more packet.</summary>
    internal Task WhenRoomAsync() => WhenFlushedAsync(Gathered - capacity + 1);

    /// <summary>Nothing more will be written: the loop ends when the transport has taken everything.</summary>
    internal Task FinishAsync()
    {
        gate.AssertHeld();
        _isFinishing = true;
        _wakeUp.Set();
        return WhenDrainedAsync();
    }

    /// <summary>The connection is over: the loop ends, and whoever waits gets the reason.</summary>
    internal void Close(MqttClosedException reason)
    {
        gate.AssertHeld();
        Volatile.Write(ref _closed, reason);
        foreach (var (_, waiter) in _waiters)
        {
            waiter.TrySetException(reason);
            _ = waiter.Task.Exception;
        }

        _waiters.Clear();
        _wakeUp.Set();
    }

    /// <summary>The write loop. Runs until <see cref="Close"/>, or until everything is written after <see cref="FinishAsync"/>.</summary>
    internal async Task RunAsync()
    {
        while (true)
        {
            var waiting = TakeAsync(out var batch, out var isDone);
            if (isDone)
            {
                return;
            }

            if (batch.Buffer is null)
            {
                await waiting.ConfigureAwait(false);
                continue;
            }

            await SendAsync(batch).ConfigureAwait(false);
        }
    }

    private bool IsClosed => Volatile.Read(ref _closed) is not null;

    private ValueTask TakeAsync(out Batch batch, out bool isDone)
    {
        lock (gate)
        {
            var hasBatch = TryTake(out batch);
            isDone = IsClosed || (!hasBatch && _isFinishing);
            return hasBatch || isDone ? default : _wakeUp.WaitAsync();
        }
    }

    private bool TryTake(out Batch batch)
    {
        if (_sealed.TryDequeue(out batch))
        {
            return true;
        }

        if (_count == 0)
        {
            return false;
        }

        batch = new Batch(_buffer, _count, Payload: null);
        (_buffer, _spare, _count) = (_spare, [], 0);
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(Batch batch)
    {
        for (var start = 0; start < batch.Count && !IsClosed;)
        {
            var count = Math.Min(_perFlush, batch.Count - start);
            output.Write(batch.Buffer.AsSpan(start, count));
            await FlushAsync(count).ConfigureAwait(false);
            start += count;
        }

        if (batch.Payload is not null)
        {
            await SendAsync(batch.Payload).ConfigureAwait(false);
        }

        lock (gate)
        {
            Return(batch.Buffer!);
        }
    }

    /// <summary>Twice as much with every flush, up to the most, and half as much behind one that was slow.</summary>
    private void Adapt(TimeSpan took) => _perFlush = took > SlowFlush
        ? Math.Max(_perFlush / 2, FirstFlush)
        : Math.Min(2 * _perFlush, Math.Min(capacity, MostPerFlush));

    private async Task SendAsync(PayloadStream payload)
    {
        for (var left = payload.Length; left > 0 && !IsClosed;)
        {
            var memory = output.GetMemory(StreamPiece);
            var count = await ReadAsync(payload.Source, memory[..(int)Math.Min(Math.Min(memory.Length, _perFlush), left)]).ConfigureAwait(false);
            output.Advance(count);
            left -= count;
            await FlushAsync(count).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> ReadAsync(Stream source, Memory<byte> memory)
    {
        try
        {
            var count = await source.ReadAsync(memory, ended).ConfigureAwait(false);
            return count > 0 ? count : throw new EndOfStreamException("The payload stream ended before its announced length.");
        }
#pragma warning disable CA1031 // the application's stream may throw anything; half a packet cannot be taken back
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw MqttLinkException.PayloadStreamFailed(e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushAsync(int count)
    {
        var began = clock.GetTimestamp();
        var result = await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        Adapt(clock.GetElapsedTime(began));
        if (result.IsCompleted)
        {
            throw MqttLinkException.ClosedByPeer();
        }

        lock (gate)
        {
            OnFlushed(count);
            onFlushed();
        }
    }

    private void OnFlushed(long count)
    {
        Flushed += count;
        for (var index = _waiters.Count - 1; index >= 0; index--)
        {
            if (_waiters[index].Position <= Flushed)
            {
                _waiters[index].Flushed.TrySetResult();
                _waiters.RemoveAt(index);
            }
        }
    }

    private Task WhenFlushedAsync(long position)
    {
        gate.AssertHeld();
        if (Flushed >= position)
        {
            return Task.CompletedTask;
        }

        if (_closed is not null)
        {
            return Task.FromException(_closed);
        }

        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Add((position, waiter));
        return waiter.Task;
    }

    private void Return(byte[] buffer)
    {
        if (_count > 0 && _spare.Length == 0 && buffer.Length <= 2 * capacity) // an idle connection needs none
        {
            _spare = buffer;
        }
        else if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void EnsureSpace(int sizeHint)
    {
        gate.AssertHeld();
        var needed = _count + Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(2 * _count, SmallestBuffer)));
        _buffer.AsSpan(0, _count).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }

    /// <summary>What the loop takes at a time: all bytes gathered, and the payload that follows them, if it is a stream.</summary>
    private readonly record struct Batch(byte[]? Buffer, int Count, PayloadStream? Payload);

    /// <summary>Wakes the one loop. Set and waited for under the gate; waking allocates nothing and never runs the loop on the caller.</summary>
    private sealed class WakeUp : IValueTaskSource, IThreadPoolWorkItem
    {
        private ManualResetValueTaskSourceCore<bool> _core;
        private bool _isSet;
        private bool _isWaiting;

        internal void Set()
        {
            if (_isWaiting)
            {
                _isWaiting = false;
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
            else
            {
                _isSet = true;
            }
        }

        internal ValueTask WaitAsync()
        {
            if (_isSet)
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }

            _core.Reset();
            _isWaiting = true;
            return new ValueTask(this, _core.Version);
        }

        void IThreadPoolWorkItem.Execute() => _core.SetResult(true);

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}

/// <summary>A payload that is read while it is sent.</summary>
/// <param name="Source">The application's stream.</param>
/// <param name="Length">Exactly as many bytes are read from it.</param>
internal sealed record PayloadStream(Stream Source, long Length);
