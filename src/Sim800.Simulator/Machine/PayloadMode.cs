namespace Sim800.Simulator.Machine;

/// <summary>
/// The input after a prompt: exactly <paramref name="length"/> bytes, or, without a length, everything up to Ctrl-Z
/// (1A, sends) or ESC (1B, gives up).
/// </summary>
internal sealed class PayloadMode(ModemEngine modem, int? length, Action<byte[]> onPayload, Action onEscape, bool isEchoed = true) : IInputMode
{
    private const byte CtrlZ = 0x1A;
    private const byte Escape = 0x1B;

    private readonly ByteQueue _payload = new();

    private bool Echoes => isEchoed && modem.Profile.Echo;

    public int PieceOf(ReadOnlySpan<byte> wire)
    {
        var end = EndIn(wire);
        return Math.Min(wire.Length, Math.Min(end, Echoes ? 64 : int.MaxValue));
    }

    public int Accept(ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..Math.Min(bytes.Length, EndIn(bytes))];
        if (Echoes)
        {
            modem.Reply.Raw(taken);
        }

        _payload.Enqueue(taken);
        Conclude();
        return taken.Length;
    }

    /// <summary>Sends what is there, as AT+CIPATS does when its time is over.</summary>
    internal void Finish() => onPayload(_payload.Dequeue(_payload.Count));

    private void Conclude()
    {
        if (length is { } wanted)
        {
            if (_payload.Count == wanted)
            {
                Finish();
            }
        }
        else if (_payload.Count > 0 && _payload.Span[^1] is CtrlZ)
        {
            onPayload(_payload.Dequeue(_payload.Count - 1));
        }
        else if (_payload.Count > 0 && _payload.Span[^1] is Escape)
        {
            onEscape();
        }
    }

    private int EndIn(ReadOnlySpan<byte> bytes)
    {
        if (length is { } wanted)
        {
            return wanted - _payload.Count;
        }

        var end = bytes.IndexOfAny(CtrlZ, Escape);
        return end < 0 ? int.MaxValue : end + 1;
    }
}
