using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Line;

/// <summary>The wire from modem to host: bytes leave in order, at the pace of the line.</summary>
internal sealed class UartTransmitter(Agenda agenda, UartRate rate, Action<byte[]> deliver)
{
    /// <summary>Bytes are handed over in pieces that last this long, so that a timer per byte is not needed.</summary>
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(5);

    private readonly ByteQueue _wire = new();
    private TimeSpan _free;
    private int _leaving;

    /// <summary>When the last byte written so far will have left.</summary>
    internal TimeSpan IdleAt => (_free > agenda.Now ? _free : agenda.Now) + rate.TimeFor(_wire.Count - _leaving);

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        _wire.Enqueue(bytes);
        Arrange();
    }

    private void Arrange()
    {
        if (_leaving > 0 || _wire.Count == 0)
        {
            return;
        }

        var length = Math.Min(_wire.Count, rate.BytesIn(Piece));
        _free = (_free > agenda.Now ? _free : agenda.Now) + rate.TimeFor(length);
        _leaving = length;
        agenda.At(_free, Leave);
    }

    private void Leave()
    {
        var bytes = _wire.Dequeue(_leaving);
        _leaving = 0;
        deliver(bytes);
        Arrange();
    }
}
