namespace Sim800.Simulator.Broker.Codec;

/// <summary>Why the broker closed a connection without a word (MQTT 3.1.1 §4.8).</summary>
internal enum ProtocolError
{
    RemainingLengthTooLong,
    PacketTooLarge,
    UnknownPacketType,
    ReservedFlags,
    InvalidQoS,
    TruncatedBody,
    TrailingBytes,
    MalformedText,
    ReservedConnectFlag,
    InvalidWill,
    PasswordWithoutUserName,
    ConnectExpected,
    SecondConnect,
    NotForABroker,
    InvalidTopicName,
    PacketIdZero,
    EmptySubscription,
    UnwantedMessage,
}
