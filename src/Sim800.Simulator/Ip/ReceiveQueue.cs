using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>What a link holds for the host: a stream, or datagrams, of which a read takes no more than the first.</summary>
internal sealed class ReceiveQueue
{
    private readonly ByteQueue _bytes = new();
    private readonly Queue<int> _datagrams = new();
    private int _takenOfFirst;

    internal bool HoldsDatagrams { get; set; }

    internal int Count => _bytes.Count;

    private int Readable => HoldsDatagrams && _datagrams.TryPeek(out var first) ? first - _takenOfFirst : Count;

    internal void Enqueue(ReadOnlySpan<byte> bytes)
    {
        _bytes.Enqueue(bytes);
        if (HoldsDatagrams && !bytes.IsEmpty)
        {
            _datagrams.Enqueue(bytes.Length);
        }
    }

    internal byte[] Dequeue(int most)
    {
        var readable = Readable;
        var bytes = _bytes.Dequeue(Math.Min(most, readable));
        _takenOfFirst += bytes.Length;
        if (bytes.Length == readable)
        {
            _datagrams.TryDequeue(out _);
            _takenOfFirst = 0;
        }

        return bytes;
    }

    internal void Clear()
    {
        _bytes.Clear();
        _datagrams.Clear();
        _takenOfFirst = 0;
    }
}
