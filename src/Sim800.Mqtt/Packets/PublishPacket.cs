using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Packets;

/// <summary>PUBLISH – an application message on its way (MQTT 3.1.1 §3.3). <see cref="Payload"/> borrows the input.</summary>
internal readonly record struct PublishPacket(
    string Topic, ReadOnlySequence<byte> Payload, MqttQoS QoS, bool Retain, bool Duplicate, ushort PacketId)
{
    /// <summary>Whether the topic is none, which only a reader that passes over such messages lets through. It is readable, not exact.</summary>
    internal bool HasInvalidTopic { get; init; }

    private byte Flags => (byte)((Duplicate ? 8 : 0) | ((int)QoS << 1) | (Retain ? 1 : 0));

    /// <returns>The bytes of a whole packet with a payload of <paramref name="payloadLength"/> bytes.</returns>
    internal static long SizeOf(string topic, MqttQoS qos, long payloadLength)
    {
        var body = WireText.SizeOf(topic) + (qos > MqttQoS.AtMostOnce ? sizeof(ushort) : 0) + payloadLength;
        return body > RemainingLength.MaxValue ? long.MaxValue : FixedHeader.SizeOf((int)body) + body;
    }

    /// <returns>The packet that carries <paramref name="message"/>.</returns>
    internal static PublishPacket Of(in MqttMessage message, bool isDuplicate, ushort packetId) => new(
        message.Topic, new ReadOnlySequence<byte>(message.Payload), message.QoS, message.Retain, isDuplicate, packetId);

    /// <param name="frame">A PUBLISH as cut from the stream.</param>
    /// <param name="topics">Where topics seen before are kept, so that they need not be made again.</param>
    /// <param name="takesInvalidTopics">Whether a packet with an invalid topic is read instead of refused.</param>
    internal static PublishPacket Read(in MqttFrame frame, TopicCache? topics = null, bool takesInvalidTopics = false)
    {
        var flags = frame.Expect(PacketType.Publish).Flags;
        var qos = (MqttQoS)((flags >> 1) & 3);
        if (qos > MqttQoS.ExactlyOnce)
        {
            throw new MqttProtocolException(MqttProtocolError.InvalidQoS);
        }

        if (qos == MqttQoS.AtMostOnce && (flags & 8) != 0)
        {
            throw new MqttProtocolException(MqttProtocolError.DuplicateFlagOnQoS0);
        }

        var reader = new SequenceReader<byte>(frame.Body);
        var topic = ReadTopic(WireText.ReadBytes(ref reader), topics, takesInvalidTopics, out var isInvalid);
        var packetId = qos > MqttQoS.AtMostOnce ? WireText.ReadPacketId(ref reader) : (ushort)0;
        return new PublishPacket(topic, reader.UnreadSequence, qos, (flags & 1) != 0, (flags & 8) != 0, packetId)
        {
            HasInvalidTopic = isInvalid,
        };
    }

    internal void Write(IBufferWriter<byte> output)
    {
        WriteHeader(output, Payload.Length);
        foreach (var segment in Payload)
        {
            output.Write(segment.Span);
        }
    }

    /// <summary>Everything before a payload of <paramref name="payloadLength"/> bytes that follows by another way.</summary>
    internal void WriteHeader(IBufferWriter<byte> output, long payloadLength)
    {
        FixedHeader.Write(output, PacketType.Publish, Flags, BodyLength(payloadLength));
        WireText.WriteString(output, Topic);
        if (QoS > MqttQoS.AtMostOnce)
        {
            WireText.WriteUInt16(output, PacketId);
        }
    }

    /// <returns>The message for the application, with a payload of its own.</returns>
    internal MqttMessage ToMessage(InboundToken token, IAcknowledgementSink sink) => new()
    {
        Topic = Topic,
        Payload = CopyPayload(),
        QoS = QoS,
        Retain = Retain,
        Duplicate = Duplicate,
        Sink = token.NeedsAcknowledgement ? sink : null,
        Token = token,
    };

    private byte[] CopyPayload()
    {
        if (Payload.IsEmpty)
        {
            return [];
        }

        var copy = GC.AllocateUninitializedArray<byte>((int)Payload.Length);
        Payload.CopyTo(copy);
        return copy;
    }

    private static string ReadTopic(in ReadOnlySequence<byte> bytes, TopicCache? topics, bool takesInvalid, out bool isInvalid)
    {
        isInvalid = false;
        try
        {
            return topics is null ? TopicName.Read(bytes) : topics.Get(bytes);
        }
        catch (MqttProtocolException e) when (takesInvalid && e.Topic is not null)
        {
            isInvalid = true;
            return e.Topic;
        }
    }

    private int BodyLength(long payloadLength) =>
        checked(WireText.SizeOf(Topic) + (QoS > MqttQoS.AtMostOnce ? sizeof(ushort) : 0) + (int)payloadLength);
}
