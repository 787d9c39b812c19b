using System.Buffers;

namespace Sim800.Mqtt.Codec;

/// <summary>The two to five bytes that start every control packet (MQTT 3.1.1 §2.2).</summary>
internal static class FixedHeader
{
    internal static int SizeOf(int bodyLength) => 1 + RemainingLength.SizeOf(bodyLength);

    internal static void Write(IBufferWriter<byte> output, PacketType type, byte flags, int bodyLength)
    {
        output.GetSpan(1)[0] = (byte)(((int)type << 4) | flags);
        output.Advance(1);
        RemainingLength.Write(output, bodyLength);
    }

    /// <summary>The flags are reserved everywhere but in PUBLISH, and a receiver must close on others (MQTT 3.1.1 §2.2.2).</summary>
    internal static void ThrowIfInvalid(PacketType type, byte flags)
    {
        if (type is < PacketType.Connect or > PacketType.Disconnect)
        {
            throw new MqttProtocolException(MqttProtocolError.ReservedPacketType);
        }

        if (type != PacketType.Publish && flags != type.Flags())
        {
            throw new MqttProtocolException(MqttProtocolError.InvalidFlags);
        }
    }

    internal static byte Flags(this PacketType type) =>
        type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? (byte)0x02 : (byte)0;
}
