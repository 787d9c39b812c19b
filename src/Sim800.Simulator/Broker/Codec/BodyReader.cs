using System.Buffers.Binary;
using System.Text;

namespace Sim800.Simulator.Broker.Codec;

/// <summary>Reads the fields of a packet's body in order and knows when there are too few or too many.</summary>
internal ref struct BodyReader(ReadOnlyMemory<byte> body)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ReadOnlyMemory<byte> _rest = body;

    internal readonly bool AtEnd => _rest.IsEmpty;

    internal byte ReadByte() => Take(1).Span[0];

    internal ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2).Span);

    /// <summary>A packet identifier, never 0 (MQTT 3.1.1 §2.3.1).</summary>
    internal ushort ReadPacketId() =>
        ReadUInt16() is var id and not 0 ? id : throw new BrokerProtocolException(ProtocolError.PacketIdZero);

    internal ReadOnlyMemory<byte> ReadBinary() => Take(ReadUInt16());

    /// <summary>A UTF-8 encoded string: well formed and without U+0000 (§1.5.3).</summary>
    internal string ReadText()
    {
        var bytes = ReadBinary().Span;
        try
        {
            var text = StrictUtf8.GetString(bytes);
            return !text.Contains('\0') ? text : throw new BrokerProtocolException(ProtocolError.MalformedText);
        }
        catch (DecoderFallbackException)
        {
            throw new BrokerProtocolException(ProtocolError.MalformedText);
        }
    }

    internal ReadOnlyMemory<byte> ReadRest() => Take(_rest.Length);

    internal readonly void ExpectEnd()
    {
        if (!AtEnd)
        {
            throw new BrokerProtocolException(ProtocolError.TrailingBytes);
        }
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw new BrokerProtocolException(ProtocolError.TruncatedBody);
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
