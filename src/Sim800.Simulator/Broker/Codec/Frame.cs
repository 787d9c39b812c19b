using System.Buffers;

namespace Sim800.Simulator.Broker.Codec;

/// <summary>One whole control packet: its fixed header and a copy of its body (MQTT 3.1.1 §2).</summary>
internal readonly record struct Frame(PacketType Type, byte Flags, ReadOnlyMemory<byte> Body)
{
    private const int MaxLengthBytes = 4;

    /// <summary>Cuts one packet off the front of <paramref name="input"/>; <c>false</c> leaves it as it was.</summary>
    /// <exception cref="BrokerProtocolException">The fixed header is malformed or announces more than <paramref name="maxBody"/> bytes.</exception>
    internal static bool TryRead(ref ReadOnlySequence<byte> input, int maxBody, out Frame frame)
    {
        frame = default;
        var reader = new SequenceReader<byte>(input);
        if (!reader.TryRead(out var first))
        {
            return false;
        }

        var type = CheckedType(first);
        if (!TryReadLength(ref reader, out var length))
        {
            return false;
        }

        if (length > maxBody)
        {
            throw new BrokerProtocolException(ProtocolError.PacketTooLarge);
        }

        if (reader.Remaining < length)
        {
            return false;
        }

        var body = reader.UnreadSequence.Slice(0, length);
        frame = new Frame(type, (byte)(first & 0x0F), body.ToArray());
        input = input.Slice(body.End);
        return true;
    }

    /// <summary>Refuses a type or flags that no client may send, before a byte more is awaited (§2.2.2).</summary>
    private static PacketType CheckedType(byte first)
    {
        var type = (PacketType)(first >> 4);
        if (type is < PacketType.Connect or > PacketType.Disconnect)
        {
            throw new BrokerProtocolException(ProtocolError.UnknownPacketType);
        }

        var required = type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? 2 : 0;
        return type == PacketType.Publish || (first & 0x0F) == required
            ? type
            : throw new BrokerProtocolException(ProtocolError.ReservedFlags);
    }

    private static bool TryReadLength(ref SequenceReader<byte> reader, out int length)
    {
        length = 0;
        for (var i = 0; i < MaxLengthBytes; i++)
        {
            if (!reader.TryRead(out var next))
            {
                return false;
            }

            length |= (next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                return true;
            }
        }

        throw new BrokerProtocolException(ProtocolError.RemainingLengthTooLong);
    }
}
