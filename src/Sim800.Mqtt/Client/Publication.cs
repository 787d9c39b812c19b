using System.Buffers;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Client;

/// <summary>What the application may publish.</summary>
internal static class Publication
{
    /// <exception cref="ArgumentException">The topic or QoS is invalid, or the packet with its payload is too large.</exception>
    internal static PublishPacket Check(
        string topic, in ReadOnlySequence<byte> payload, long length, MqttQoS qos, bool retain, int maxPacketSize)
    {
        TopicName.ThrowIfInvalid(topic, nameof(topic));
        if (qos is < MqttQoS.AtMostOnce or > MqttQoS.ExactlyOnce)
        {
            throw new ArgumentException("The QoS is 0, 1 or 2.", nameof(qos));
        }

        var packet = new PublishPacket(topic, payload, qos, retain, Duplicate: false, PacketId: 0);
        return packet.SizeWith(length) <= maxPacketSize
            ? packet
            : throw new ArgumentException(
                $"The packet would be larger than is allowed ({maxPacketSize} bytes).", nameof(payload));
    }
}
