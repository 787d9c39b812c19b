using System.Buffers;

namespace Sim800.Mqtt.Client;

/// <summary>
/// Where packets gather until the write loop takes them all at once: two buffers that change places. Used under the
/// session's gate.
/// </summary>
internal sealed class Outbox(int capacity) : IBufferWriter<byte>
{
    private const int SmallestBuffer = 4096;

    private readonly Queue<OutboxBatch> _sealed = new();
    private readonly List<(long Position, TaskCompletionSource Flushed)> _waiters = [];
    private byte[] _buffer = [];
    private byte[] _spare = [];
    private int _count;
    private Exception? _closed;

    internal WriteSignal Signal { get; } = new();

    /// <summary>How many bytes have been gathered since the connection began.</summary>
    internal long Gathered { get; private set; }

    /// <summary>How many of them the transport has taken.</summary>
    internal long Flushed { get; private set; }

    internal int Capacity => capacity;

    internal bool IsClosed => _closed is not null;

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
        _sealed.Enqueue(new OutboxBatch(_buffer, _count, payload));
        (_buffer, _count) = ([], 0);
        Gathered += payload.Length;
    }

    internal bool TryTake(out OutboxBatch batch)
    {
        if (_sealed.TryDequeue(out batch))
        {
            return true;
        }

        batch = new OutboxBatch(_buffer, _count, Payload: null);
        if (_count == 0)
        {
            return false;
        }

        (_buffer, _spare, _count) = (_spare, [], 0);
        return true;
    }

    /// <summary>Gives back the buffer of a batch that is sent.</summary>
    internal void Return(byte[] buffer)
    {
        if (_spare.Length == 0 && buffer.Length <= 2 * capacity)
        {
            _spare = buffer;
        }
        else if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal void OnFlushed(long count)
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

    /// <summary>Ends when the transport has taken all bytes up to <paramref name="position"/>.</summary>
    internal Task WhenFlushedAsync(long position)
    {
        if (Flushed >= position)
        {
            return Task.CompletedTask;
        }

        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_closed is null)
        {
            _waiters.Add((position, waiter));
        }
        else
        {
            waiter.SetException(_closed);
        }

        return waiter.Task;
    }

    /// <summary>Ends when there is room for one more packet.</summary>
    internal Task WhenRoomAsync() => WhenFlushedAsync(Gathered - capacity + 1);

    internal void Close(Exception reason)
    {
        _closed = reason;
        foreach (var (_, waiter) in _waiters)
        {
            waiter.TrySetException(reason);
            _ = waiter.Task.Exception;
        }

        _waiters.Clear();
        Signal.Set();
    }

    private void EnsureSpace(int sizeHint)
    {
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
}
