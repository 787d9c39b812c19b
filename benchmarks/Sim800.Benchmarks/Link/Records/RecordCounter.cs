namespace Sim800.Benchmarks.Link.Records;

/// <summary>Counts TLS records in a stream by their headers (RFC 5246 §6.2.1): type, version, length.</summary>
internal sealed class RecordCounter
{
    private const int HeaderSize = 5;
    private int _headerBytes;
    private int _length;

    internal long Count { get; private set; }

    internal void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_headerBytes == HeaderSize)
            {
                var taken = Math.Min(_length, bytes.Length);
                _length -= taken;
                bytes = bytes[taken..];
                _headerBytes = _length == 0 ? 0 : HeaderSize;
                continue;
            }

            _length = (_length << 8) | bytes[0];
            bytes = bytes[1..];
            if (++_headerBytes == HeaderSize)
            {
                _length &= 0xFFFF;
                Count++;
                _headerBytes = _length == 0 ? 0 : HeaderSize;
            }
        }
    }
}
