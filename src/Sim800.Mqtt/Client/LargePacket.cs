using System.Buffers;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Client;

/// <summary>
/// A packet that takes many reads, gathered outside of the transport's pipe: that has small segments, of which so many at once are more than the
/// pool keeps. What is gathered is rented, twice as much with every piece, so that no memory is taken for bytes that are only announced.
/// </summary>
internal sealed class LargePacket
{
    /// <summary>From how many bytes on a packet is gathered here.</summary>
    internal const int Threshold = 16 * 1024;

    private const int SmallestPiece = 64 * 1024;
    private const int LargestPiece = 4 * 1024 * 1024;

    private readonly List<Piece> _pieces = [];
    private int _size;
    private int _count;

    /// <summary>Whether a packet is being gathered.</summary>
    internal bool IsOpen => _size > 0;

    internal bool IsWhole => _count == _size;

    /// <summary>What is gathered so far.</summary>
    internal ReadOnlySequence<byte> Bytes => new(_pieces[0], 0, _pieces[^1], _pieces[^1].Memory.Length);

    /// <summary>Begins when the bytes are the beginning of a large packet, and takes them.</summary>
    /// <param name="rest">Not a whole packet, with a header that is valid as far as it is there.</param>
    /// <returns>What is not taken.</returns>
    internal ReadOnlySequence<byte> Begin(in ReadOnlySequence<byte> rest)
    {
        _size = MqttFrame.SizeOf(rest) is { } size && size >= Threshold ? size : 0;
        return IsOpen ? Append(rest) : rest;
    }

    /// <summary>Takes what belongs to the packet.</summary>
    /// <returns>What does not.</returns>
    internal ReadOnlySequence<byte> Append(in ReadOnlySequence<byte> input)
    {
        var taken = input.Slice(0, Math.Min(input.Length, _size - _count));
        foreach (var memory in taken)
        {
            Append(memory.Span);
        }

        return input.Slice(taken.End);
    }

    /// <summary>The packet is done with.</summary>
    internal void Release()
    {
        _pieces.ForEach(static piece => piece.Return());
        _pieces.Clear();
        (_size, _count) = (0, 0);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_pieces.Count == 0 || _pieces[^1].Room == 0)
            {
                var length = Math.Min(_size - _count, Math.Clamp(_count, SmallestPiece, LargestPiece));
                _pieces.Add(new Piece(length, _pieces.Count == 0 ? null : _pieces[^1]));
            }

            var count = _pieces[^1].Append(bytes);
            _count += count;
            bytes = bytes[count..];
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        private readonly byte[] _bytes;
        private readonly int _length;

        internal Piece(int length, Piece? before)
        {
            (_bytes, _length) = (ArrayPool<byte>.Shared.Rent(length), length);
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before._length;
                before.Next = this;
            }
        }

        internal int Room => _length - Memory.Length;

        internal int Append(ReadOnlySpan<byte> bytes)
        {
            var count = Math.Min(bytes.Length, Room);
            bytes[..count].CopyTo(_bytes.AsSpan(Memory.Length));
            Memory = _bytes.AsMemory(0, Memory.Length + count);
            return count;
        }

        internal void Return() => ArrayPool<byte>.Shared.Return(_bytes);
    }
}
