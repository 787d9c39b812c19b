namespace Sim800.Cli.Capture;

/// <summary>
/// The packets of one TCP connection as they might have been, made from the bytes the modem was given and gave: the modem
/// runs TCP itself and tells nothing of it, but a dissector wants a handshake, sequence numbers and an end.
/// </summary>
internal sealed class TcpConversation
{
    /// <summary>What the modem puts into one segment.</summary>
    private const int SegmentSize = 1460;

    private readonly TcpEndPoint _modem;
    private readonly TcpEndPoint _server;
    private readonly Action<byte[]> _write;
    private uint _sent;
    private uint _received;
    private bool _isClosed;

    internal TcpConversation(TcpEndPoint modem, TcpEndPoint server, Action<byte[]> write)
    {
        (_modem, _server, _write) = (modem, server, write);
        _write(TcpSegment.Build(modem, server, _sent++, 0, TcpFlags.Syn, []));
        _write(TcpSegment.Build(server, modem, _received++, _sent, TcpFlags.Syn | TcpFlags.Ack, []));
        Send(TcpFlags.Ack, []);
    }

    internal void Sent(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(SegmentSize, bytes.Length)..])
        {
            Send(TcpFlags.Push | TcpFlags.Ack, bytes[..Math.Min(SegmentSize, bytes.Length)]);
        }
    }

    internal void Received(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > 0; bytes = bytes[Math.Min(SegmentSize, bytes.Length)..])
        {
            Receive(TcpFlags.Push | TcpFlags.Ack, bytes[..Math.Min(SegmentSize, bytes.Length)]);
        }
    }

    internal void Close()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        Send(TcpFlags.Fin | TcpFlags.Ack, []);
        _sent++;
        Receive(TcpFlags.Fin | TcpFlags.Ack, []);
        _received++;
        Send(TcpFlags.Ack, []);
    }

    private void Send(TcpFlags flags, ReadOnlySpan<byte> payload)
    {
        _write(TcpSegment.Build(_modem, _server, _sent, _received, flags, payload));
        _sent += (uint)payload.Length;
    }

    private void Receive(TcpFlags flags, ReadOnlySpan<byte> payload)
    {
        _write(TcpSegment.Build(_server, _modem, _received, _sent, flags, payload));
        _received += (uint)payload.Length;
    }
}
