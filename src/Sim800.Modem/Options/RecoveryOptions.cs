namespace Sim800.Modem;

/// <summary>What is done when connections keep failing: the rungs of the ladder, and how patiently they are climbed.</summary>
public sealed record RecoveryOptions
{
    /// <summary>The highest rung that may be used. Opening the connection again is always allowed.</summary>
    public RecoveryRung Highest { get; init; } = RecoveryRung.PowerCycle;

    /// <summary>How many failures in a row a rung gets before the next one.</summary>
    public int AttemptsPerRung { get; init; } = 2;

    /// <summary>Pause before the first repetition; it doubles with every further failure, give or take a fifth.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(2);
}
