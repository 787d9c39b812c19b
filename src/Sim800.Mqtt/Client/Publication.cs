using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Client;

/// <summary>What the application may publish.</summary>
internal static class Publication
{
    /// <exception cref="ArgumentException">The topic or QoS is invalid, or the packet with its payload is too large.</exception>
    internal static PublishPacket Check(in PublishPacket packet, long payloadLength, int maxPacketSize)
    {
        TopicName.ThrowIfInvalid(packet.Topic, "topic");
        if (packet.QoS is < MqttQoS.AtMostOnce or > MqttQoS.ExactlyOnce)
        {
            throw new ArgumentException("The QoS is 0, 1 or 2.", "qos");
        }

        return packet.SizeWith(payloadLength) <= maxPacketSize
            ? packet
            : throw new ArgumentException($"The packet would be larger than MaxPacketSize ({maxPacketSize} bytes).", "payload");
    }
}
