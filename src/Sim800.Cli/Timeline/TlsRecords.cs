using System.Buffers.Binary;

namespace Sim800.Cli.Timeline;

/// <summary>Reads the record headers of TLS (RFC 5246 §6.2.1) out of one direction of a connection, and nothing that is behind them but the type of a handshake message in the clear.</summary>
internal sealed class TlsRecords
{
    private const int HeaderSize = 5;
    private const int FirstByteOfContent = 1;

    private readonly byte[] _header = new byte[HeaderSize + FirstByteOfContent];
    private int _have;
    private int _left;
    private bool _isProtected;

    /// <summary>The records that begin with these bytes: how long they are, header included, and what they are.</summary>
    internal IEnumerable<(int Bytes, string Text)> Read(ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length;)
        {
            if (_left > 0)
            {
                var skipped = Math.Min(_left, bytes.Length - i);
                (_left, i) = (_left - skipped, i + skipped);
                continue;
            }

            _header[_have++] = bytes.Span[i++];
            if (_have == _header.Length || (_have == HeaderSize && Length == 0))
            {
                yield return (HeaderSize + Length, Describe());
                _left = Math.Max(0, Length - FirstByteOfContent);
                _have = 0;
            }
        }
    }

    private int Length => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(3));

    private string Describe()
    {
        var text = _header[0] switch
        {
            20 => "ChangeCipherSpec",
            21 => _isProtected ? "alert, encrypted" : "alert",
            22 => _isProtected ? "handshake, encrypted" : Handshake(_header[HeaderSize]),
            23 => "application data",
            _ => "no record of TLS",
        };
        _isProtected |= _header[0] == 20;
        return $"{text}, {Length} bytes";
    }

    private static string Handshake(byte type) => type switch
    {
        1 => "ClientHello",
        2 => "ServerHello and on",
        4 => "NewSessionTicket",
        11 => "Certificate",
        12 => "ServerKeyExchange",
        14 => "ServerHelloDone",
        16 => "ClientKeyExchange",
        _ => "handshake",
    };
}
