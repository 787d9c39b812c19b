namespace Sim800.Simulator.Machine;

/// <summary>Bytes in, the same bytes out, always readable as one span.</summary>
internal sealed class ByteQueue
{
    private byte[] _buffer = [];
    private int _head;

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> Span => _buffer.AsSpan(_head, Count);

    internal void Enqueue(ReadOnlySpan<byte> bytes)
    {
        if (_head + Count + bytes.Length > _buffer.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_head + Count));
        Count += bytes.Length;
    }

    internal void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        _head += count;
        Count -= count;
        if (Count == 0)
        {
            _head = 0;
        }
    }

    internal byte[] Dequeue(int count)
    {
        var bytes = Span[..count].ToArray();
        Skip(count);
        return bytes;
    }

    internal void Clear() => Skip(Count);

    private void MakeRoom(int extra)
    {
        var target = Count + extra > _buffer.Length ? new byte[Math.Max(Count + extra, 2 * _buffer.Length)] : _buffer;
        Span.CopyTo(target);
        (_buffer, _head) = (target, 0);
    }
}
