using System.Buffers;

namespace Sim800.Simulator.Broker.Sessions;

/// <summary>
/// What waits to be written to one connection. Filled under the broker's lock, by its own client and by those that
/// publish to it; emptied by the connection's write loop.
/// </summary>
internal sealed class Outbox(Action changed) : IBufferWriter<byte>
{
    private ArrayBufferWriter<byte> _filling = new();
    private ArrayBufferWriter<byte> _sending = new();

    /// <summary>Nothing may be added any more; the connection closes once the rest is written.</summary>
    internal bool IsCompleted { get; private set; }

    internal int Length => _filling.WrittenCount;

    public Memory<byte> GetMemory(int sizeHint = 0) => _filling.GetMemory(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => _filling.GetSpan(sizeHint);

    public void Advance(int count)
    {
        _filling.Advance(count);
        changed();
    }

    internal void Complete()
    {
        IsCompleted = true;
        changed();
    }

    /// <summary>Everything that has gathered; valid until the next call.</summary>
    internal ReadOnlyMemory<byte> Take()
    {
        (_filling, _sending) = (_sending, _filling);
        _filling.ResetWrittenCount();
        return _sending.WrittenMemory;
    }
}
