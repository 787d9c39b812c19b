namespace Sim800.Mqtt;

/// <summary>State and reason of an <see cref="IMqttClient"/> at one moment.</summary>
/// <param name="State">The state.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why the last connection or attempt ended; <c>null</c> when there was none or the application ended it.</param>
/// <param name="Failures">How many attempts have failed, or connections have not lasted, in a row.</param>
/// <param name="RetryAfter">While waiting: the pause, counted from <paramref name="Since"/>; else <c>null</c>.</param>
/// <param name="Connections">How many connections there have been.</param>
/// <param name="Failure">What <paramref name="Reason"/> asks for: patience, or that somebody mends something; <c>null</c> when
/// nothing has failed yet or the client is closed.</param>
public sealed record MqttClientStatus(
    MqttClientState State,
    DateTimeOffset Since,
    Exception? Reason,
    int Failures,
    TimeSpan? RetryAfter,
    long Connections,
    MqttFailureClass? Failure = null)
{
    /// <summary>The stage that <see cref="Reason"/> belongs to, by the name it has in the progress reports, such as <c>Gprs</c>; <c>null</c> before the
    /// first failure.</summary>
    public string? Stage { get; init; }

    /// <summary>While waiting: when the next attempt begins. A serial device that is away is looked for at this time and again after each
    /// <see cref="RetryAfter"/>. Else <c>null</c>.</summary>
    public DateTimeOffset? NextAttempt => Since + RetryAfter;
}

/// <summary>The state of an <see cref="IMqttClient"/>.</summary>
public enum MqttClientState
{
    /// <summary>There is no connection, and the client is at work on one, from the lowest layer up to CONNACK.</summary>
    Connecting,

    /// <summary>CONNACK has accepted the connection and it has not ended since.</summary>
    Connected,

    /// <summary>There is no connection, and the next attempt follows after a pause.</summary>
    Waiting,

    /// <summary>Ended: by the application, or for a reason that a further attempt cannot mend.</summary>
    Closed,
}
