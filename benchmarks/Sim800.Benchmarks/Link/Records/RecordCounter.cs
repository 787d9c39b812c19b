namespace Sim800.Benchmarks.Link.Records;

/// <summary>Counts TLS records in a stream by their headers (RFC 5246 §6.2.1): type, version, length.</summary>
internal sealed class RecordCounter
{
    private const int HeaderSize = 5;
    private const int MaxFirst = 4_096;
    private readonly List<byte> _first = [];
    private int _headerBytes;
    private int _length;
    private bool _isFirst = true;

    internal long Count { get; private set; }

    /// <summary>The first record of the connection, with its header: the ClientHello, in one direction.</summary>
    internal byte[] First => [.. _first];

    /// <summary>Another connection begins.</summary>
    internal void Begin()
    {
        (_headerBytes, _length, _isFirst) = (0, 0, true);
        _first.Clear();
    }

    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_headerBytes == HeaderSize)
            {
                var taken = Math.Min(_length, bytes.Length);
                Keep(bytes[..taken]);
                _length -= taken;
                bytes = bytes[taken..];
                End();
                continue;
            }

            Keep(bytes[..1]);
            _length = (_length << 8) | bytes[0];
            bytes = bytes[1..];
            if (++_headerBytes == HeaderSize)
            {
                _length &= 0xFFFF;
                Count++;
                End();
            }
        }
    }

    private void End()
    {
        _isFirst &= _length > 0;
        _headerBytes = _length == 0 ? 0 : HeaderSize;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_isFirst && _first.Count + bytes.Length <= MaxFirst)
        {
            _first.AddRange(bytes);
        }
    }
}
