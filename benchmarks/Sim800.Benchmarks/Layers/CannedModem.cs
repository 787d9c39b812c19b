using System.Buffers.Text;
using System.Text;

namespace Sim800.Benchmarks.Layers;

/// <summary>
/// The least modem that the driver goes along with: it says yes to everything, takes every payload whole, and has one link, in
/// multi-link mode with manual receive.
/// </summary>
internal sealed class CannedModem : CannedLine
{
    private const int Most = 1460;

    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["AT+CPIN?"] = "\r\n+CPIN: READY\r\n\r\nOK\r\n",
        ["AT+CREG?"] = "\r\n+CREG: 0,1\r\n\r\nOK\r\n",
        ["AT+CGATT?"] = "\r\n+CGATT: 1\r\n\r\nOK\r\n",
        ["AT+CIPSHUT"] = "\r\nSHUT OK\r\n",
        ["AT+CIFSR;E0"] = "\r\n10.0.109.44\r\n\r\nOK\r\n",
        ["AT+CIPSEND?"] = "\r\n+CIPSEND: 0,1460\r\n\r\nOK\r\n",
        ["AT+CIPSTATUS=0"] = "\r\n+CIPSTATUS: 0,0,\"TCP\",\"192.0.2.1\",\"8883\",\"CONNECTED\"\r\n\r\nOK\r\n",
        ["AT+CIPACK=0"] = "\r\n+CIPACK: 1,1,0\r\n\r\nOK\r\n",
        ["AT+CIPCLOSE=0,1"] = "\r\n0, CLOSE OK\r\n",
    };

    private byte[] _received = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _payloadLength;
    private int _payloadLeft;

    internal long CipSends { get; private set; }

    internal long CipReads { get; private set; }

    internal override void Deliver(ReadOnlySpan<byte> bytes)
    {
        lock (Gate)
        {
            var wasEmpty = _start == _end;
            Keep(bytes);
            if (wasEmpty && !bytes.IsEmpty)
            {
                Say("\r\n+CIPRXGET: 1,0\r\n"u8);
                Flush();
            }
        }
    }

    protected override void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var taken = _payloadLeft > 0 ? TakePayload(bytes) : TakeLine(bytes);
            bytes = bytes[taken..];
        }
    }

    private int TakePayload(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(_payloadLeft, bytes.Length);
        Peer!.OnBytes(bytes[..taken]);
        _payloadLeft -= taken;
        if (_payloadLeft == 0)
        {
            Answer("\r\nDATA ACCEPT:0,"u8, _payloadLength, "\r\n"u8);
            Peer.OnFlushed();
        }

        return taken;
    }

    /// <summary>The driver writes a command line whole, and flushes it alone.</summary>
    private int TakeLine(ReadOnlySpan<byte> bytes)
    {
        var line = bytes[..bytes.IndexOf((byte)'\r')];
        if (line.StartsWith("AT+CIPSEND=0,"u8))
        {
            CipSends++;
            _ = Utf8Parser.TryParse(line["AT+CIPSEND=0,".Length..], out _payloadLength, out _);
            _payloadLeft = _payloadLength;
            Answer("\r\n> "u8);
        }
        else if (line.SequenceEqual("AT+CIPRXGET=2,0,1460"u8))
        {
            CipReads++;
            Read();
        }
        else
        {
            var text = Encoding.ASCII.GetString(line);
            Answer(Encoding.ASCII.GetBytes(Answers.GetValueOrDefault(text, "\r\nOK\r\n")));
            if (text.StartsWith("AT+CIPSTART=0,", StringComparison.Ordinal))
            {
                Answer("\r\n0, CONNECT OK\r\n"u8);
            }
        }

        return line.Length + 1;
    }

    private void Read()
    {
        lock (Gate)
        {
            var count = Math.Min(Most, _end - _start);
            Say("\r\n+CIPRXGET: 2,0,"u8);
            SayNumber(count);
            Say(","u8);
            SayNumber(_end - _start - count);
            Say("\r\n"u8);
            Say(_received.AsSpan(_start, count));
            Say("\r\nOK\r\n"u8);
            _start += count;
            Flush();
        }
    }

    private void Answer(ReadOnlySpan<byte> text)
    {
        lock (Gate)
        {
            Say(text);
            Flush();
        }
    }

    private void Answer(ReadOnlySpan<byte> before, int number, ReadOnlySpan<byte> after)
    {
        lock (Gate)
        {
            Say(before);
            SayNumber(number);
            Say(after);
            Flush();
        }
    }

    private void SayNumber(int number)
    {
        Span<byte> digits = stackalloc byte[11];
        _ = Utf8Formatter.TryFormat(number, digits, out var length);
        Say(digits[..length]);
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        if (_received.Length - _end < bytes.Length)
        {
            Array.Resize(ref _received, Math.Max(2 * _received.Length, _end + bytes.Length));
        }

        bytes.CopyTo(_received.AsSpan(_end));
        _end += bytes.Length;
    }
}
