using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt;

/// <summary>
/// An application message (MQTT 3.1.1 §3.3): what is published, kept in a session store, and received. A value: copying one allocates
/// nothing, and <c>with</c> changes a copy.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MqttMessage
{
    private readonly string? _topic;

    /// <summary>A message with a payload of bytes.</summary>
    /// <param name="topic">The topic name: at least one character, no wildcards.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="qos">The quality of service.</param>
    /// <param name="retain">Whether the server shall keep it as the topic's retained message.</param>
    [SetsRequiredMembers]
    public MqttMessage(string topic, ReadOnlyMemory<byte> payload, MqttQoS qos = MqttQoS.AtMostOnce, bool retain = false) =>
        (Topic, Payload, QoS, Retain) = (topic, payload, qos, retain);

    /// <summary>A message whose payload is a text, sent as UTF-8.</summary>
    /// <param name="topic">The topic name: at least one character, no wildcards.</param>
    /// <param name="payload">The text.</param>
    /// <param name="qos">The quality of service.</param>
    /// <param name="retain">Whether the server shall keep it as the topic's retained message.</param>
    [SetsRequiredMembers]
    public MqttMessage(string topic, string payload, MqttQoS qos = MqttQoS.AtMostOnce, bool retain = false)
        : this(topic, Encoding.UTF8.GetBytes(payload), qos, retain)
    {
    }

    /// <summary>The topic name. To publish: at least one character, no wildcards, at most 65,535 bytes of UTF-8 (MQTT 3.1.1 §4.7).</summary>
    public required string Topic
    {
        get => _topic ?? string.Empty;
        init => _topic = value;
    }

    /// <summary>The payload. That of a received message belongs to the receiver for good.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The quality of service of this delivery (MQTT 3.1.1 §4.3). Default 0.</summary>
    public MqttQoS QoS { get; init; }

    /// <summary>RETAIN (MQTT 3.1.1 §3.3.1.3). To publish: the server keeps it as the topic's retained message. Received: it was retained
    /// before the subscription was made.</summary>
    public bool Retain { get; init; }

    /// <summary>DUP (MQTT 3.1.1 §3.3.1.1). Received: the server has sent this packet before, so the message may have been seen already.
    /// Ignored when published.</summary>
    public bool Duplicate { get; init; }

    /// <summary>The payload read as UTF-8; bytes that are not UTF-8 show as U+FFFD.</summary>
    public string PayloadText => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>The packet identifier (MQTT 3.1.1 §2.3.1) under which the server sent the message. 0 for one of QoS 0, and for one that was
    /// not received.</summary>
    public int PacketId => Token.PacketId;

    internal IAcknowledgementSink? Sink { get; init; }

    internal InboundToken Token { get; init; }

    /// <summary>
    /// Acknowledges a received message of QoS 1 or 2, for subscriptions with <see cref="MqttAcknowledgement.Manual"/>. Calls after the
    /// first, and calls for QoS 0 or for a message that was not received, do nothing.
    /// </summary>
    /// <remarks>Acknowledgements are sent in the order in which the messages came [MQTT-4.6.0-2]: one that is withheld holds back those
    /// after it, until the server's own limit stops it from sending more.</remarks>
    public void Acknowledge() => Settle(isTaken: true);

    /// <summary>Whether topic, payload bytes, quality of service and flags are equal.</summary>
    public bool Equals(MqttMessage other) => string.Equals(Topic, other.Topic, StringComparison.Ordinal)
        && (QoS, Retain, Duplicate) == (other.QoS, other.Retain, other.Duplicate)
        && Payload.Span.SequenceEqual(other.Payload.Span);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(StringComparer.Ordinal.GetHashCode(Topic), Payload.Length, QoS, Retain);

    /// <summary>Topic, size and flags; the payload is not printed.</summary>
    public override string ToString() => $"{Topic} ({Payload.Length} bytes, {QoS}{(Retain ? ", retained" : "")})";

    /// <summary>Tells the session that the application has taken the message, or has given it back.</summary>
    internal void Settle(bool isTaken) => Sink?.Settle(Token, isTaken);

    /// <param name="message">The message to be published.</param>
    /// <param name="length">The bytes of the payload, which may follow by another way.</param>
    /// <param name="options">What the client may send.</param>
    /// <exception cref="ArgumentException">The topic or the quality of service is invalid, or the packet would be too large.</exception>
    internal static void ThrowIfNotPublishable(in MqttMessage message, long length, MqttClientOptions options)
    {
        TopicName.ThrowIfInvalid(message._topic!, nameof(message));
        if (!options.AllowControlCharacters)
        {
            WireText.ThrowIfControl(message.Topic, nameof(message));
        }

        if (message.QoS is < MqttQoS.AtMostOnce or > MqttQoS.ExactlyOnce)
        {
            throw new ArgumentException("The quality of service is 0, 1 or 2.", nameof(message));
        }

        if (PublishPacket.SizeOf(message.Topic, message.QoS, length) > options.MaxPacketSize)
        {
            throw new ArgumentException($"The packet would be larger than is allowed ({options.MaxPacketSize} bytes).", nameof(message));
        }
    }
}
