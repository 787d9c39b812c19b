using System.Buffers;
using System.Text;

namespace Sim800.Modem.At;

/// <summary>
/// Keeps the first bytes that come after a command line: when they are that line and nothing else, the transmitter is joined to the receiver. A
/// modem that echoes says more, and ends its lines with LF, which the host does not send.
/// </summary>
internal sealed class EchoWatch
{
    private readonly byte[] _head = new byte[64];
    private int _length;
    private bool _isMore;

    internal void Begin() => (_length, _isMore) = (0, false);

    internal void Add(in ReadOnlySequence<byte> input)
    {
        foreach (var segment in input)
        {
            foreach (var octet in segment.Span)
            {
                if (_length == _head.Length)
                {
                    _isMore = true;
                    return;
                }

                if (octet is not ((byte)'\r' or 0x1B)) // rests of what was sent before: a line end, an ESC
                {
                    _head[_length++] = octet;
                }
            }
        }
    }

    /// <summary>Whether this line came back, once or more, and nothing else did.</summary>
    internal bool Matches(string line)
    {
        var heard = _head.AsSpan(0, _length);
        if (_isMore || heard.IsEmpty || line.Length < 2 || heard.Length % line.Length != 0)
        {
            return false;
        }

        for (; !heard.IsEmpty; heard = heard[line.Length..])
        {
            if (!Ascii.Equals(heard[..line.Length], line))
            {
                return false;
            }
        }

        return true;
    }
}
