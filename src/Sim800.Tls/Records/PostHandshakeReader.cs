using System.Buffers;
using System.Buffers.Binary;

namespace Sim800.Tls.Records;

/// <summary>
/// The handshake messages that may come after the handshake. TLS 1.2: HelloRequest, which is refused (RFC 5746 §4.2).
/// TLS 1.3: NewSessionTicket, which is passed over, and KeyUpdate (RFC 8446 §4.6). Nothing is stored, whatever length is claimed.
/// </summary>
internal sealed class PostHandshakeReader(RecordKeys keys, IBufferWriter<byte> output)
{
    private const int HelloRequest = 0;
    private const int NewSessionTicket = 4;
    private const int KeyUpdate = 24;
    private const int HeaderSize = 4;

    /// <summary>Tickets come in twos or threes; a key lasts for gigabytes.</summary>
    private const int MaxMessages = 32;

    private const int MaxTicket = 1 << 16;

    private readonly byte[] _header = new byte[HeaderSize];
    private int _headerLength;
    private int _bodyLeft;
    private int _messages;

    /// <summary>The rest of a message has to come before anything else does (RFC 8446 §5.1).</summary>
    internal bool IsInMessage => _headerLength > 0;

    /// <summary>Data came: what came before it was no flood.</summary>
    internal void ForgetCount() => _messages = 0;

    internal void Receive(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty)
        {
            throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
        }

        while (!content.IsEmpty)
        {
            content = _headerLength < HeaderSize ? ReadHeader(content) : ReadBody(content);
        }
    }

    private ReadOnlySpan<byte> ReadHeader(ReadOnlySpan<byte> content)
    {
        _header[_headerLength++] = content[0];
        if (_headerLength == HeaderSize)
        {
            _bodyLeft = (int)(BinaryPrimitives.ReadUInt32BigEndian(_header) & 0xFFFFFF);
            CheckHeader();
        }

        return content[1..];
    }

    private void CheckHeader()
    {
        if (++_messages > MaxMessages)
        {
            throw new TlsProtocolException(TlsViolation.TooManyPostHandshakeMessages, TlsAlert.UnexpectedMessage);
        }

        switch (_header[0])
        {
            case HelloRequest when !keys.IsTls13 && _bodyLeft == 0:
                _headerLength = 0;
                new AlertRecord(AlertLevel.Warning, TlsAlert.NoRenegotiation).Write(keys.Write, output);
                break;
            case NewSessionTicket when keys.IsTls13 && _bodyLeft is > 0 and < MaxTicket:
            case KeyUpdate when keys.IsTls13 && _bodyLeft == 1:
                break;
            default:
                throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
        }
    }

    private ReadOnlySpan<byte> ReadBody(ReadOnlySpan<byte> content)
    {
        var taken = Math.Min(_bodyLeft, content.Length);
        _bodyLeft -= taken;
        if (_bodyLeft == 0)
        {
            _headerLength = 0;
            if (_header[0] == KeyUpdate)
            {
                UpdateKeys(content[0], isLast: content.Length == 1);
            }
        }

        return content[taken..];
    }

    private void UpdateKeys(byte requestUpdate, bool isLast)
    {
        // RFC 8446 §5.1: a message right before a change of keys ends its record.
        if (requestUpdate > 1 || !isLast)
        {
            throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.IllegalParameter);
        }

        keys.UpdateRead();
        if (requestUpdate == 1)
        {
            keys.Write.WriteRecord(ContentType.Handshake, [KeyUpdate, 0, 0, 1, 0], output);
            keys.UpdateWrite();
        }
    }
}
