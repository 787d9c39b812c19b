using System.Buffers;
using System.Buffers.Binary;

namespace Sim800.Tls.Handshake;

/// <summary>Joins handshake messages that travel in the clear: one may fill several records, one record may hold several (RFC 5246 §6.2.1).</summary>
internal sealed class ClearMessages
{
    internal const int HeaderSize = 4;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _taken;

    /// <summary>Adds the content of a record.</summary>
    internal void Add(in ReadOnlySequence<byte> fragment)
    {
        if (_taken == _bytes.WrittenCount)
        {
            _bytes.ResetWrittenCount();
            _taken = 0;
        }

        foreach (var part in fragment)
        {
            _bytes.Write(part.Span);
        }
    }

    /// <summary>Takes the next whole message, with its header; it is there until the next <see cref="Add"/>.</summary>
    internal bool TryTake(out ReadOnlySpan<byte> message)
    {
        message = _bytes.WrittenSpan[_taken..];
        if (message.Length < HeaderSize)
        {
            return false;
        }

        var length = HeaderSize + (BinaryPrimitives.ReadInt32BigEndian(message) & 0xFFFFFF);
        if (message.Length < length)
        {
            return false;
        }

        message = message[..length];
        _taken += length;
        return true;
    }
}
