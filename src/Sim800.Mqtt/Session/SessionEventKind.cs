namespace Sim800.Mqtt.Session;

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

    /// <summary>An outgoing message is confirmed by the server.</summary>
    Delivered,

    /// <summary>The answer to SUBSCRIBE.</summary>
    Subscribed,

    /// <summary>The answer to UNSUBSCRIBE.</summary>
    Unsubscribed,

    /// <summary>An acknowledgement for which nothing was open.</summary>
    UnknownAcknowledgement,
}
