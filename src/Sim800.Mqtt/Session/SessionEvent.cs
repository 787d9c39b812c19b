using Sim800.Mqtt.Packets;

namespace Sim800.Mqtt.Session;

/// <summary>What one received packet meant to the client. Which properties have a value depends on <see cref="Kind"/>.</summary>
internal readonly record struct SessionEvent(SessionEventKind Kind)
{
    /// <summary>Delivered: the key of the message.</summary>
    internal long Sequence { get; init; }

    /// <summary>Subscribed, Unsubscribed: the packet identifier of the request.</summary>
    internal ushort PacketId { get; init; }

    /// <summary>Subscribed: one for each filter.</summary>
    internal ReadOnlyMemory<byte> ReturnCodes { get; init; }

    /// <summary>Message: its packet, whose payload borrows the input.</summary>
    internal PublishPacket Message { get; init; }

    /// <summary>Message: what to acknowledge it with.</summary>
    internal InboundToken Token { get; init; }

    /// <summary>Refused: the server's reason.</summary>
    internal MqttConnectReturnCode ReturnCode { get; init; }

    /// <summary>Connected: how the sessions met.</summary>
    internal MqttSessionResumption Resumption { get; init; }

    /// <summary>Connected: whether the server claims a stored session although a clean one was asked for [MQTT-3.2.2-1].</summary>
    internal bool ClaimsSession { get; init; }

    /// <summary>Any kind: why the store could not forget a message that is finished.</summary>
    internal Exception? StoreFailure { get; init; }
}

/// <summary>What a received packet meant; see <see cref="SessionEvent"/>.</summary>
internal enum SessionEventKind
{
    /// <summary>Nothing the client has to act on.</summary>
    None,

    /// <summary>CONNACK accepted the connection.</summary>
    Connected,

    /// <summary>CONNACK refused it.</summary>
    Refused,

    /// <summary>A message for the application.</summary>
    Message,

    /// <summary>A message whose topic is invalid was acknowledged and left out.</summary>
    PassedOver,

    /// <summary>An outgoing message is confirmed by the server.</summary>
    Delivered,

    /// <summary>The answer to SUBSCRIBE.</summary>
    Subscribed,

    /// <summary>The answer to UNSUBSCRIBE.</summary>
    Unsubscribed,

    /// <summary>An acknowledgement for which nothing was open.</summary>
    UnknownAcknowledgement,
}
