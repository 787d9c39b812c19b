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
}
