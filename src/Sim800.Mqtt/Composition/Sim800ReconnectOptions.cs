namespace Sim800.Mqtt;

/// <summary>How a client comes back after a lost connection.</summary>
public sealed record Sim800ReconnectOptions
{
    /// <summary>Whether it comes back at all. Without it, the end of the connection is the end of the client.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether any failure before the first connection ends a client that was begun with <c>Start</c>, not only one that somebody
    /// has to mend. <c>ConnectAsync</c> always has it so.</summary>
    public bool FailFast { get; init; }

    /// <summary>The pause before the first attempt; it doubles with every further failure.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>By which part a pause varies either way, 0 to 1, so that a thousand gateways do not come back to a restarted
    /// server in the same second.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>How long a connection must last to count as a success that resets the pauses. Two clients with the same client
    /// id throw each other out for ever; this keeps them from doing it every second.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many failures in a row that somebody has to mend (<see cref="MqttFailureClass.Persistent"/>) end a client that was connected
    /// before; <c>null</c> goes on at the longest pause for ever. A server that refuses one message breaks each connection in this
    /// way. A connection that lasted starts the count anew, as does a failure of another class.
    /// </summary>
    public int? PersistentFailures { get; init; }

    internal void Validate() => Check(FirstDelay, LongestDelay, Jitter, StableAfter, PersistentFailures ?? int.MaxValue);

    private static void Check(TimeSpan firstDelay, TimeSpan longestDelay, double jitter, TimeSpan stableAfter, int persistentFailures)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestDelay, firstDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(stableAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(persistentFailures, 1);
        if (!(jitter is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(jitter), jitter, "The jitter is 0 to 1.");
        }
    }
}
