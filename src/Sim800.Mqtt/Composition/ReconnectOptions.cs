namespace Sim800.Mqtt;

/// <summary>How a client comes back after a lost connection.</summary>
public sealed record ReconnectOptions
{
    /// <summary>Whether it comes back at all. Without it, the end of the connection is the end of the client.</summary>
    public bool Enabled { get; init; } = true;

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

    internal void Validate() => Check(FirstDelay, LongestDelay, Jitter, StableAfter);

    private static void Check(TimeSpan firstDelay, TimeSpan longestDelay, double jitter, TimeSpan stableAfter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestDelay, firstDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(stableAfter, TimeSpan.Zero);
        if (!(jitter is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(jitter), jitter, "The jitter is 0 to 1.");
        }
    }
}
