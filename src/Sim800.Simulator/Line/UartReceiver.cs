using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Line;

/// <summary>
/// The wire from host to modem. What the host has written arrives at the pace of the line, in pieces that end where the
/// modem has something to decide.
/// </summary>
internal sealed class UartReceiver(Agenda agenda, UartRate rate, Func<bool> isHeld, UartReceiver.PieceOf pieceOf, Action<byte[]> deliver)
{
    /// <summary>How many of the bytes on the wire arrive before the modem looks.</summary>
    internal delegate int PieceOf(ReadOnlySpan<byte> wire);

    private readonly ByteQueue _wire = new();
    private TimeSpan _free;
    private bool _arriving;

    /// <summary>Bytes written by the host that have not reached the modem.</summary>
    internal int Backlog => _wire.Count;

    internal void Offer(ReadOnlySpan<byte> bytes)
    {
        _wire.Enqueue(bytes);
        Arrange();
    }

    /// <summary>Goes on after flow control held the host.</summary>
    internal void Resume() => Arrange();

    private void Arrange()
    {
        if (_arriving || _wire.Count == 0 || isHeld())
        {
            return;
        }

        var length = pieceOf(_wire.Span);
        _free = (_free > agenda.Now ? _free : agenda.Now) + rate.TimeFor(length);
        _arriving = true;
        agenda.At(_free, () => Arrive(length));
    }

    private void Arrive(int length)
    {
        _arriving = false;
        deliver(_wire.Dequeue(length));
        Arrange();
    }
}
