namespace Sim800.Benchmarks.Handshake;

/// <summary>One direction of a line in memory. Who reads waits on its own thread, so that everything an end does is done by one thread and can be measured there.</summary>
internal sealed class OneWay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Queue<byte[]> _pieces = new();
    private int _taken;
    private bool _isEnded;

    /// <summary>How many bytes have been put in.</summary>
    internal long Count { get; private set; }

    internal void Put(ReadOnlySpan<byte> bytes)
    {
        lock (_pieces)
        {
            _pieces.Enqueue(bytes.ToArray());
            Count += bytes.Length;
            Monitor.Pulse(_pieces);
        }
    }

    internal void End()
    {
        lock (_pieces)
        {
            _isEnded = true;
            Monitor.Pulse(_pieces);
        }
    }

    /// <summary>Waits for bytes and takes as many as there are and fit.</summary>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="IOException">Nothing came for a minute.</exception>
    internal int Take(Span<byte> buffer)
    {
        lock (_pieces)
        {
            while (_pieces.Count == 0 && !_isEnded)
            {
                if (!Monitor.Wait(_pieces, Patience))
                {
                    throw new IOException("The other end of the line is silent.");
                }
            }

            return TakeNext(buffer);
        }
    }

    private int TakeNext(Span<byte> buffer)
    {
        if (!_pieces.TryPeek(out var piece))
        {
            return 0;
        }

        var count = Math.Min(piece.Length - _taken, buffer.Length);
        piece.AsSpan(_taken, count).CopyTo(buffer);
        _taken += count;
        if (_taken == piece.Length)
        {
            _pieces.Dequeue();
            _taken = 0;
        }

        return count;
    }
}
