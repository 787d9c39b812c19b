using System.IO.Pipelines;

namespace Sim800.Modem.Links;

/// <summary>
/// Where the answers to reads land, in the memory of the inbound pipe. The bytes of one count only once the whole answer is there and
/// ended where it said it would, so that a byte lost on the serial line never becomes a byte lost in the stream.
/// </summary>
/// <param name="target">The inbound pipe.</param>
/// <param name="size">The most bytes that one answer has.</param>
internal sealed class ReadWindow(PipeWriter target, int size) : ICountedBytes
{
    private readonly Gate _gate = new();
    private Memory<byte> _memory;
    private int _received;
    private bool _isOpen;
    private bool _isLost;
    private bool _isCompleted;

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
                return Announced >= 0 && _received == Announced && !_isLost;
            }
        }
    }

    /// <returns><c>false</c> when the stream has ended.</returns>
    internal bool TryOpen()
    {
        lock (_gate)
        {
            if (!_isCompleted)
            {
                (_memory, _received, Announced, Left, _isOpen) = (target.GetMemory(size), 0, -1, 0, true);
            }

            return _isOpen;
        }
    }

    internal void Announce(int count, int left)
    {
        lock (_gate)
        {
            _isLost |= count > 0 && (!_isOpen || Announced > 0); // of a read that was given up, and now nobody's
            if (_isOpen)
            {
                (_received, Announced, Left) = (count <= _memory.Length ? 0 : -1, count, left);
            }
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_isOpen && _received >= 0 && _received + bytes.Length <= _memory.Length)
            {
                bytes.CopyTo(_memory.Span[_received..]);
                _received += bytes.Length;
            }
        }
    }

    public void Slip()
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
            (_isOpen, _memory) = (false, default);
        }
    }

    /// <summary>Ends the stream at once, unless an answer is just coming in: its bytes still count, and the one who asked for them ends it.</summary>
    internal void CompleteUnlessReceiving()
    {
        lock (_gate)
        {
            if (!_isOpen || Announced < 0)
            {
                Complete();
            }
        }
    }

    internal void Complete()
    {
        lock (_gate)
        {
            Close();
            if (!_isCompleted)
            {
                _isCompleted = true;
                target.Complete();
            }
        }
    }
}
