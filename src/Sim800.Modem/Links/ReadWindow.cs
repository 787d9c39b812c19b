namespace Sim800.Modem.Links;

/// <summary>
/// Where the answer to one read lands. The bytes count only once the whole answer is there and ended where it said it would, so
/// that a byte lost on the serial line never becomes a byte lost in the stream.
/// </summary>
internal sealed class ReadWindow
{
    private readonly Gate _gate = new();
    private Memory<byte> _memory;
    private int _received;
    private bool _open;

    /// <summary>The bytes announced; -1 before the announcement.</summary>
    internal int Announced { get; private set; } = -1;

    /// <summary>The bytes that stay behind in the modem.</summary>
    internal int Left { get; private set; }

    /// <summary>Whether everything that was announced has arrived, and nothing was lost.</summary>
    internal bool IsWhole
    {
        get
        {
            lock (_gate)
            {
                return Announced >= 0 && _received == Announced;
            }
        }
    }

    internal void Open(Memory<byte> memory)
    {
        lock (_gate)
        {
            (_memory, _received, Announced, Left, _open) = (memory, 0, -1, 0, true);
        }
    }

    internal void Announce(int count, int left)
    {
        lock (_gate)
        {
            if (_open)
            {
                (_received, Announced, Left) = (count <= _memory.Length ? 0 : -1, count, left);
            }
        }
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_open && _received >= 0 && _received + bytes.Length <= _memory.Length)
            {
                bytes.CopyTo(_memory.Span[_received..]);
                _received += bytes.Length;
            }
        }
    }

    internal void Slip()
    {
        lock (_gate)
        {
            _received = -1;
        }
    }

    /// <summary>Nothing that comes later is for this read.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            (_open, _memory) = (false, default);
        }
    }
}
