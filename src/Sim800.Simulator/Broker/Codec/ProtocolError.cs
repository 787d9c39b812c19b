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

/// <summary>The client broke the protocol; its connection is closed and nothing else happens.</summary>
internal sealed class BrokerProtocolException(ProtocolError error)
    : IOException($"The client broke MQTT 3.1.1: {error}.")
{
    internal ProtocolError Error => error;
}
