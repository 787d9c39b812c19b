namespace Sim800.Mqtt.Session;

/// <summary>See <see cref="AckOutcome"/>.</summary>
internal enum AckOutcomeKind
{
    /// <summary>No message is open under that packet identifier: a late acknowledgement, counted and harmless.</summary>
    Unknown,

    /// <summary>QoS 2: the server has the message; PUBCOMP is still to come.</summary>
    Released,

    /// <summary>The server has confirmed the message; its packet identifier is free again.</summary>
    Delivered,
}
