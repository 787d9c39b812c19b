namespace Sim800.Mqtt;

/// <summary>The ways in which a server can break the protocol.</summary>
public enum MqttProtocolError
{
    /// <summary>Remaining Length runs over four bytes (MQTT 3.1.1 §2.2.3).</summary>
    RemainingLengthTooLong,

    /// <summary>The packet is larger than <see cref="MqttClientOptions.MaxPacketSize"/>.</summary>
    PacketTooLarge,

    /// <summary>The packet type is 0 or 15, which are reserved (MQTT 3.1.1 §2.2.1).</summary>
    ReservedPacketType,

    /// <summary>The flags of the fixed header are not those of the packet type (MQTT 3.1.1 §2.2.2).</summary>
    InvalidFlags,

    /// <summary>The body ends before its fields do.</summary>
    TruncatedBody,

    /// <summary>The body goes on after its last field.</summary>
    TrailingBytes,

    /// <summary>A string is not well-formed UTF-8, or holds U+0000 (MQTT 3.1.1 §1.5.3).</summary>
    InvalidUtf8,

    /// <summary>Both QoS bits are set (MQTT 3.1.1 §3.3.1.2).</summary>
    InvalidQoS,

    /// <summary>A message of QoS 0 carries the DUP flag (MQTT 3.1.1 §3.3.1.1).</summary>
    DuplicateFlagOnQoS0,

    /// <summary>The packet identifier is zero (MQTT 3.1.1 §2.3.1).</summary>
    InvalidPacketId,

    /// <summary>The topic of a message is empty or holds a wildcard (MQTT 3.1.1 §3.3.2.1).</summary>
    InvalidTopic,

    /// <summary>The packet has no topic filter, or one that is not well-formed (MQTT 3.1.1 §4.7.1).</summary>
    InvalidTopicFilter,

    /// <summary>The protocol name or level is not that of MQTT 3.1.1 (MQTT 3.1.1 §3.1.2).</summary>
    InvalidProtocol,

    /// <summary>The flags of a CONNECT or CONNACK contradict one another (MQTT 3.1.1 §3.1.2.3, §3.2.2.1).</summary>
    InvalidConnectFlags,

    /// <summary>The return code of a CONNACK or SUBACK is reserved (MQTT 3.1.1 §3.2.2.3, §3.9.3).</summary>
    InvalidReturnCode,

    /// <summary>A SUBACK has not as many return codes as the SUBSCRIBE had filters (MQTT 3.1.1 §3.9.3).</summary>
    ReturnCodeCountMismatch,

    /// <summary>A packet that only a client may send, or that has no place at this moment of the connection.</summary>
    UnexpectedPacket,

    /// <summary>The server sent something else before CONNACK (MQTT 3.1.1 §3.2).</summary>
    ConnAckExpected,

    /// <summary>The acknowledgement is not of the kind its packet identifier waits for (MQTT 3.1.1 §4.3).</summary>
    UnexpectedAcknowledgement,

    /// <summary>The server used a packet identifier again before it was acknowledged (MQTT 3.1.1 §2.3.1).</summary>
    PacketIdInUse,
}
