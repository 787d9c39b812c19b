using System.Buffers;
using Sim800.Mqtt.Codec;

namespace Sim800.Mqtt.Packets;

/// <summary>CONNACK – the server's answer to CONNECT (MQTT 3.1.1 §3.2).</summary>
internal readonly record struct ConnAckPacket(bool SessionPresent, MqttConnectReturnCode ReturnCode)
{
    internal static ConnAckPacket Read(in MqttFrame frame)
    {
        var reader = new SequenceReader<byte>(frame.Expect(PacketType.ConnAck).Body);
        var flags = WireText.ReadByte(ref reader);
        var code = (MqttConnectReturnCode)WireText.ReadByte(ref reader);
        WireText.ThrowIfNotAtEnd(reader);
        if (code > MqttConnectReturnCode.NotAuthorized)
        {
            throw new MqttProtocolException(MqttProtocolError.InvalidReturnCode);
        }

        // A refusal with Session Present set is forbidden to the server [MQTT-3.2.2-4]; its reason is worth more than that.
        if (flags > 1)
        {
            throw new MqttProtocolException(MqttProtocolError.InvalidConnectFlags);
        }

        return new ConnAckPacket(flags == 1, code);
    }

    internal void Write(IBufferWriter<byte> output)
    {
        FixedHeader.Write(output, PacketType.ConnAck, flags: 0, bodyLength: 2);
        output.Write([SessionPresent ? (byte)1 : (byte)0, (byte)ReturnCode]);
    }
}
