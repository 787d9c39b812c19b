using System.Buffers;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt.Packets;

/// <summary>CONNECT – the first packet of a client (MQTT 3.1.1 §3.1). The keep-alive is in seconds; 0 turns it off.</summary>
internal readonly record struct ConnectPacket(
    string ClientId, bool CleanSession, ushort KeepAlive, MqttMessage? Will, MqttCredentials? Credentials)
{
    private const byte Level = 4;
    private const byte UserNameFlag = 0x80;
    private const byte PasswordFlag = 0x40;
    private const byte WillRetainFlag = 0x20;
    private const byte WillFlag = 0x04;
    private const byte CleanSessionFlag = 0x02;

    private byte Flags => (byte)((CleanSession ? CleanSessionFlag : 0)
        | (Will is { } will ? WillFlag | ((int)will.QoS << 3) | (will.Retain ? WillRetainFlag : 0) : 0)
        | (Credentials is { } user ? UserNameFlag | (user.Password is null ? 0 : PasswordFlag) : 0));

    private int BodyLength => 10 + WireText.SizeOf(ClientId)
        + (Will is { } will ? WireText.SizeOf(will.Topic) + sizeof(ushort) + will.Payload.Length : 0)
        + (Credentials is { } user ? WireText.SizeOf(user.UserName) : 0)
        + (Credentials?.Password is { } password ? sizeof(ushort) + password.Length : 0);

    internal void Write(IBufferWriter<byte> output)
    {
        FixedHeader.Write(output, PacketType.Connect, flags: 0, BodyLength);
        WireText.WriteString(output, "MQTT");
        output.Write([Level, Flags]);
        WireText.WriteUInt16(output, KeepAlive);
        WireText.WriteString(output, ClientId);
        if (Will is { } will)
        {
            WireText.WriteString(output, will.Topic);
            WireText.WriteBytes(output, will.Payload.Span);
        }

        if (Credentials is not null)
        {
            WireText.WriteString(output, Credentials.UserName);
        }

        if (Credentials?.Password is { } password)
        {
            WireText.WriteBytes(output, password.Span);
        }
    }

    internal static ConnectPacket Read(in MqttFrame frame)
    {
        var reader = new SequenceReader<byte>(frame.Expect(PacketType.Connect).Body);
        if (!string.Equals(WireText.ReadString(ref reader), "MQTT", StringComparison.Ordinal)
            || WireText.ReadByte(ref reader) != Level)
        {
            throw new MqttProtocolException(MqttProtocolError.InvalidProtocol);
        }

        var flags = WireText.ReadByte(ref reader);
        ThrowIfInvalid(flags);
        var keepAlive = WireText.ReadUInt16(ref reader);
        var clientId = WireText.ReadString(ref reader);
        var will = (flags & WillFlag) != 0 ? ReadWill(ref reader, flags) : (MqttMessage?)null;
        var credentials = (flags & UserNameFlag) != 0 ? ReadCredentials(ref reader, flags) : null;
        WireText.ThrowIfNotAtEnd(reader);
        return new ConnectPacket(clientId, (flags & CleanSessionFlag) != 0, keepAlive, will, credentials);
    }

    private static void ThrowIfInvalid(byte flags)
    {
        var hasWill = (flags & WillFlag) != 0;
        var willQoS = (flags >> 3) & 3;
        var wrong = (flags & 1) != 0
            || willQoS == 3
            || (!hasWill && (willQoS != 0 || (flags & WillRetainFlag) != 0))
            || ((flags & PasswordFlag) != 0 && (flags & UserNameFlag) == 0);
        if (wrong)
        {
            throw new MqttProtocolException(MqttProtocolError.InvalidConnectFlags);
        }
    }

    private static MqttMessage ReadWill(ref SequenceReader<byte> reader, byte flags)
    {
        var topic = WireText.ReadString(ref reader);
        return TopicName.IsValid(topic)
            ? new MqttMessage(
                topic, WireText.ReadBytes(ref reader).ToArray(), (MqttQoS)((flags >> 3) & 3), (flags & WillRetainFlag) != 0)
            : throw new MqttProtocolException(MqttProtocolError.InvalidTopic);
    }

    private static MqttCredentials ReadCredentials(ref SequenceReader<byte> reader, byte flags)
    {
        var userName = WireText.ReadString(ref reader);
        return new MqttCredentials(
            userName, (flags & PasswordFlag) != 0 ? WireText.ReadBytes(ref reader).ToArray() : (ReadOnlyMemory<byte>?)null);
    }
}
