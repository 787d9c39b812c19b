using System.Buffers;

namespace Sim800.Mqtt.Codec;

/// <summary>One control packet, cut out of the stream but not yet parsed. <paramref name="Body"/> borrows the input.</summary>
internal readonly record struct MqttFrame(PacketType Type, byte Flags, ReadOnlySequence<byte> Body)
{
    /// <summary>Cuts the next packet off the front of <paramref name="input"/>.</summary>
    /// <returns><c>false</c> when the packet is not complete; <paramref name="input"/> is then unchanged.</returns>
    /// <exception cref="MqttProtocolException">The header is malformed or announces more than <paramref name="maxPacketSize"/>
    /// bytes; known from the header alone, so nothing of such a packet is ever gathered.</exception>
    internal static bool TryRead(ref ReadOnlySequence<byte> input, int maxPacketSize, out MqttFrame frame)
    {
        frame = default;
        var reader = new SequenceReader<byte>(input);
        if (!reader.TryRead(out var first))
        {
            return false;
        }

        var (type, flags) = ((PacketType)(first >> 4), (byte)(first & 0x0F));
        FixedHeader.ThrowIfInvalid(type, flags);
        if (!RemainingLength.TryRead(ref reader, out var length))
        {
            return false;
        }

        if (reader.Consumed + length > maxPacketSize)
        {
            throw new MqttProtocolException(MqttProtocolError.PacketTooLarge);
        }

        if (reader.Remaining < length)
        {
            return false;
        }

        frame = new MqttFrame(type, flags, reader.UnreadSequence.Slice(0, length));
        input = input.Slice(frame.Body.End);
        return true;
    }

    /// <summary>How many bytes the packet at the front of the input has.</summary>
    /// <returns><c>null</c> when its header is not complete.</returns>
    internal static int? SizeOf(in ReadOnlySequence<byte> input)
    {
        var reader = new SequenceReader<byte>(input);
        return reader.TryRead(out _) && RemainingLength.TryRead(ref reader, out var length) ? (int)reader.Consumed + length : null;
    }

    internal MqttFrame Expect(PacketType type) =>
        Type == type ? this : throw new MqttProtocolException(MqttProtocolError.UnexpectedPacket);
}
