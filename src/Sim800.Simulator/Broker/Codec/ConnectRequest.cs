namespace Sim800.Simulator.Broker.Codec;

/// <summary>CONNECT as the broker reads it (MQTT 3.1.1 §3.1).</summary>
internal readonly record struct ConnectRequest(
    bool IsSupportedVersion,
    bool CleanSession,
    ushort KeepAliveSeconds,
    string ClientId,
    Application? Will,
    string? UserName,
    ReadOnlyMemory<byte>? Password)
{
    private const byte Level311 = 4;

    internal static ConnectRequest Read(in Frame frame)
    {
        var body = new BodyReader(frame.Body);
        var (name, level) = (body.ReadText(), body.ReadByte());
        if (name is not "MQTT" || level != Level311)
        {
            return default; // what follows is another version's business (§3.1.2.2)
        }

        var flags = body.ReadByte();
        CheckFlags(flags);
        var keepAlive = body.ReadUInt16();
        var clientId = body.ReadText();
        var will = (flags & 0x04) != 0 ? ReadWill(ref body, flags) : null;
        var userName = (flags & 0x80) != 0 ? body.ReadText() : null;
        ReadOnlyMemory<byte>? password = (flags & 0x40) != 0 ? body.ReadBinary() : null;
        body.ExpectEnd();
        return new ConnectRequest(true, (flags & 0x02) != 0, keepAlive, clientId, will, userName, password);
    }

    /// <summary>The combinations §3.1.2.3 to §3.1.2.9 forbid.</summary>
    private static void CheckFlags(byte flags)
    {
        if ((flags & 0x01) != 0)
        {
            throw new BrokerProtocolException(ProtocolError.ReservedConnectFlag);
        }

        var hasWill = (flags & 0x04) != 0;
        if ((flags & 0x18) == 0x18 || (!hasWill && (flags & 0x38) != 0))
        {
            throw new BrokerProtocolException(ProtocolError.InvalidWill);
        }

        if ((flags & 0xC0) == 0x40)
        {
            throw new BrokerProtocolException(ProtocolError.PasswordWithoutUserName);
        }
    }

    private static Application ReadWill(ref BodyReader body, byte flags)
    {
        var topic = body.ReadText();
        if (!Sessions.TopicFilter.IsTopicName(topic))
        {
            throw new BrokerProtocolException(ProtocolError.InvalidTopicName);
        }

        return new Application(topic, body.ReadBinary(), (flags >> 3) & 0x03, (flags & 0x20) != 0);
    }
}
