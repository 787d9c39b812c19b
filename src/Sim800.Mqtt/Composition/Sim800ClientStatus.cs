namespace Sim800.Mqtt;

/// <summary>State and reason of a <see cref="Sim800MqttClient"/> at one moment.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why the last connection or attempt ended; <c>null</c> when there was none or the application ended it.</param>
/// <param name="Failures">How many attempts have failed, or connections have not lasted, in a row.</param>
/// <param name="RetryAfter">While waiting: how long, from <paramref name="Since"/> on.</param>
/// <param name="Connections">How many connections there have been.</param>
/// <param name="Failure">What <paramref name="Reason"/> asks for: patience, or that somebody mends something; <c>null</c> when
/// nothing has failed yet or the client is closed.</param>
public sealed record Sim800ClientStatus(
    Sim800ClientState State,
    DateTimeOffset Since,
    Exception? Reason,
    int Failures,
    TimeSpan? RetryAfter,
    long Connections,
    FailureClass? Failure = null);
