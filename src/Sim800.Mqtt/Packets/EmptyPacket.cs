using System.Buffers;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Packets;

/// <summary>PINGREQ, PINGRESP and DISCONNECT: a fixed header and nothing else (MQTT 3.1.1 §3.12–3.14).</summary>
internal readonly record struct EmptyPacket(PacketType Type)
{
    internal static EmptyPacket Read(in MqttFrame frame) =>
        frame.Body.IsEmpty ? new EmptyPacket(frame.Type) : throw new MqttProtocolException(MqttProtocolError.TrailingBytes);

    internal void Write(IBufferWriter<byte> output) => FixedHeader.Write(output, Type, flags: 0, bodyLength: 0);
}
