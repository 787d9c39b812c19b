using Sim800.Simulator.Machine;

namespace Sim800.Simulator.Ip;

/// <summary>
/// The host's bytes in transparent mode: sent when a packet is full or the host has paused, and watched for
/// <c>+++</c> between a second of silence on either side (AT+CIPCCFG).
/// </summary>
internal sealed class DataMode(ModemEngine modem, IpLink link, TransparentSettings settings) : IInputMode
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(1);

    private readonly ByteQueue _packet = new();
    private TimeSpan _lastByte = modem.Now;
    private int _pluses;
    private Appointment? _silence;

    public bool IsReady => modem.Ip.Sender.HasRoomFor(link, settings.SendSize);

    public int PieceOf(ReadOnlySpan<byte> wire) => Math.Min(wire.Length, settings.SendSize);

    public int Accept(ReadOnlySpan<byte> bytes)
    {
        var taken = bytes[..Math.Min(bytes.Length, settings.SendSize)];
        var afterSilence = modem.Now - _lastByte >= Guard;
        _lastByte = modem.Now;
        _silence?.Cancel();
        if (!TakeEscape(taken, afterSilence))
        {
            ReturnPluses();
            _packet.Enqueue(taken);
            SendFullPackets();
        }

        _silence = modem.After(_pluses == 3 ? Guard : TimeSpan.FromMilliseconds(100 * settings.WaitTime), AfterSilence);
        return taken.Length;
    }

    private bool TakeEscape(ReadOnlySpan<byte> bytes, bool afterSilence)
    {
        var continues = afterSilence || _pluses > 0;
        if (!settings.Escape || !continues || _packet.Count > 0 || bytes.ContainsAnyExcept((byte)'+') || _pluses + bytes.Length > 3)
        {
            return false;
        }

        _pluses += bytes.Length;
        return true;
    }

    private void AfterSilence()
    {
        if (_pluses == 3)
        {
            _pluses = 0;
            modem.Transparent.Suspend();
            return;
        }

        if (_pluses > 0 && modem.Now - _lastByte < Guard)
        {
            // One or two pluses may still become three.
            _silence = modem.After(Guard, AfterSilence);
            return;
        }

        ReturnPluses();
        SendFullPackets();
        if (_packet.Count > 0)
        {
            Send(_packet.Count);
        }
    }

    private void ReturnPluses()
    {
        for (; _pluses > 0; _pluses--)
        {
            _packet.Enqueue("+"u8);
        }
    }

    private void SendFullPackets()
    {
        while (_packet.Count >= settings.SendSize)
        {
            Send(settings.SendSize);
        }
    }

    private void Send(int length)
    {
        modem.Ip.Sender.Send(link, _packet.Dequeue(length));
        link.OnAcknowledged = () =>
        {
            modem.Interpreter.Listen();
            modem.Serial.Resume();
        };
    }
}
