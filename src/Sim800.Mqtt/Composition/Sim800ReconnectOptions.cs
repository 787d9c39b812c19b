using Sim800.Modem;

namespace Sim800.Mqtt;

/// <summary>How a client comes back after a lost connection. The table of docs/reliability.md says which failure leads to which pause.</summary>
public sealed record Sim800ReconnectOptions
{
    /// <summary>Whether it comes back at all. Without it, the first failure is the end of the client.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether any failure before the first connection ends the client at once, not only one that somebody has to mend. Otherwise the
    /// first connection is tried as every later one, within <see cref="Sim800MqttClientOptions.ConnectTimeout"/>.</summary>
    public bool FailFast { get; init; }

    /// <summary>The pause after the first failure, 50 ms or more; it doubles with every further failure.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a failure that passes, jitter included; up to a day.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause after a failure that somebody has to mend (<see cref="MqttFailureClass.Persistent"/>), jitter included; up to a
    /// day. Such pauses begin with <see cref="LongestDelay"/> and double.</summary>
    public TimeSpan LongestPersistentDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By which part a pause varies either way, 0 to 0.5, so that a thousand gateways do not come back to a restarted
    /// server in the same second.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>How long a connection must last to count as a success that resets the pauses. Two clients with the same client
    /// id throw each other out for ever; this keeps them from doing it every second.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many failures in a row that somebody has to mend (<see cref="MqttFailureClass.Persistent"/>) end a client that was connected
    /// before; <c>null</c>, the default, goes on for ever at <see cref="LongestPersistentDelay"/>: a gateway comes back when the server's
    /// password file is mended, with nobody there to start it again. A connection that lasted starts the count anew, as does a failure of
    /// another class.
    /// </summary>
    public int? PersistentFailures { get; init; }

    /// <param name="ladder">The modem's options, whose rungs are used.</param>
    internal ModemRecoveryOptions With(ModemRecoveryOptions ladder) => ladder with
    {
        FirstDelay = FirstDelay,
        LongestDelay = LongestDelay,
        LongestPersistentDelay = LongestPersistentDelay,
        Jitter = Jitter,
        StableAfter = StableAfter,
        PersistentFailures = PersistentFailures,
    };
}
