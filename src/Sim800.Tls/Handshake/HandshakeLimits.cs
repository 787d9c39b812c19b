using System.Buffers;
using System.Buffers.Binary;
using Sim800.Tls.Records;

namespace Sim800.Tls.Handshake;

/// <summary>
/// Stands before an engine during the handshake and refuses what no working server sends, before the engine stores it:
/// 16 MB claims, floods of alerts or changes of cipher, empty records. Reads lengths only.
/// </summary>
internal sealed class HandshakeLimits
{
    /// <summary>A chain of five RSA-4096 certificates has 10 KB; a list of accepted authorities can have 16 KB.</summary>
    internal const int MaxMessage = 32 * 1024;

    internal const int MaxTotal = 96 * 1024;
    internal const int MaxWarnings = 4;

    /// <summary>One in TLS 1.2; in TLS 1.3 one or two for the sake of middleboxes (RFC 8446 §D.4).</summary>
    private const int MaxChanges = 2;

    private const int HeaderSize = 4;

    private readonly byte[] _header = new byte[HeaderSize];
    private int _headerLength;
    private int _bodyLeft;
    private int _total;
    private int _warnings;
    private int _changes;
    private bool _isEncrypted;

    /// <summary>The version that the last record names, if it is one before TLS 1.2.</summary>
    internal string? OldVersion { get; private set; }

    internal RecordStage Stage => _total == 0 ? RecordStage.First : RecordStage.Handshake;

    /// <summary>Looks at one record before the engine gets it.</summary>
    /// <exception cref="TlsProtocolException">A limit is exceeded.</exception>
    internal void Check(RecordHeader header, in ReadOnlySequence<byte> fragment)
    {
        OldVersion = header.OldVersion;
        _total += RecordHeader.Size + header.Length;
        if (_total > MaxTotal)
        {
            throw new TlsProtocolException(TlsViolation.HandshakeTooLong, TlsAlert.RecordOverflow);
        }

        if (header.Length == 0)
        {
            // RFC 5246 §6.2.1: zero-length fragments are for application data only.
            throw new TlsProtocolException(TlsViolation.TooManyEmptyRecords, TlsAlert.UnexpectedMessage);
        }

        switch (header.Type)
        {
            case ContentType.ChangeCipherSpec when ++_changes > MaxChanges:
                throw new TlsProtocolException(TlsViolation.UnexpectedMessage, TlsAlert.UnexpectedMessage);
            case ContentType.ChangeCipherSpec:
                _isEncrypted = true;
                break;
            case ContentType.Alert when ++_warnings > MaxWarnings:
                throw new TlsProtocolException(TlsViolation.TooManyAlerts, TlsAlert.UnexpectedMessage);
            case ContentType.Handshake when !_isEncrypted:
                CheckMessages(fragment);
                break;
        }
    }

    /// <summary>Looks at the content of a record that was protected.</summary>
    /// <exception cref="TlsProtocolException">A limit is exceeded.</exception>
    internal void CheckOpened(ContentType type, ReadOnlyMemory<byte> content)
    {
        if (type == ContentType.Handshake)
        {
            CheckMessages(new ReadOnlySequence<byte>(content));
        }
    }

    private void CheckMessages(in ReadOnlySequence<byte> fragment)
    {
        var reader = new SequenceReader<byte>(fragment);
        while (!reader.End)
        {
            var skip = (int)Math.Min(_bodyLeft, reader.Remaining);
            reader.Advance(skip);
            _bodyLeft -= skip;
            if (_bodyLeft == 0 && reader.TryRead(out var next))
            {
                ReadHeader(next);
            }
        }
    }

    private void ReadHeader(byte next)
    {
        _header[_headerLength++] = next;
        if (_headerLength < HeaderSize)
        {
            return;
        }

        _headerLength = 0;
        _bodyLeft = (int)(BinaryPrimitives.ReadUInt32BigEndian(_header) & 0xFFFFFF);
        if (_bodyLeft > MaxMessage)
        {
            throw new TlsProtocolException(TlsViolation.HandshakeTooLong, TlsAlert.IllegalParameter);
        }
    }
}
