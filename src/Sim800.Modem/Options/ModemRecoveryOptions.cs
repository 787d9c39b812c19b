namespace Sim800.Modem;

/// <summary>The settings of <see cref="ModemRecoveryPolicy"/>: pauses, rungs, and when a failure is taken for something that somebody has to mend.</summary>
public sealed record ModemRecoveryOptions
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The highest rung that may be used. Opening the connection again is always allowed.</summary>
    public ModemRecoveryRung Highest { get; init; } = ModemRecoveryRung.PowerCycle;

    /// <summary>Consecutive failures on one rung before the next rung is used, 1 to 100.</summary>
    public int AttemptsPerRung { get; init; } = 2;

    /// <summary>The pause after the first failure, 50 ms or more. It doubles with every further failure.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a failure that passes, jitter included; up to a day.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest pause after a failure that somebody has to mend, jitter included; up to a day. Such pauses begin with
    /// <see cref="LongestDelay"/> and double.</summary>
    public TimeSpan LongestPersistentDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a serial device that is away is looked for; 50 ms to one minute.</summary>
    public TimeSpan DeviceDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By which part a pause varies either way, 0 to 0.5.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>How long a connection must last to count as a success. Until then the pauses go on growing.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a failure that may pass has to come in a row, with the same command in the same state, to be one that somebody has to mend; 1 to 1000.
    /// In the layers up to TCP every rung of the ladder gets its attempts first.
    /// </summary>
    public int Repetitions { get; init; } = 3;

    /// <summary>After how many failures in a row that somebody has to mend no further attempt is made; <c>null</c> for none.</summary>
    public int? PersistentFailures { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate() => Check(
        FirstDelay, LongestDelay, LongestPersistentDelay, DeviceDelay, StableAfter, Jitter, AttemptsPerRung, Repetitions, PersistentFailures ?? int.MaxValue);

    private static void Check(
        TimeSpan firstDelay,
        TimeSpan longestDelay,
        TimeSpan longestPersistentDelay,
        TimeSpan deviceDelay,
        TimeSpan stableAfter,
        double jitter,
        int attemptsPerRung,
        int repetitions,
        int persistentFailures)
    {
        // Without a pause the loop of whoever tries again would load the processor and the network for nothing.
        ArgumentOutOfRangeException.ThrowIfLessThan(firstDelay, ShortestDelay);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestDelay, firstDelay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longestDelay, Day);
        ArgumentOutOfRangeException.ThrowIfLessThan(longestPersistentDelay, ShortestDelay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longestPersistentDelay, Day);
        ArgumentOutOfRangeException.ThrowIfLessThan(deviceDelay, ShortestDelay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(deviceDelay, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(stableAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(attemptsPerRung, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attemptsPerRung, 100);
        ArgumentOutOfRangeException.ThrowIfLessThan(repetitions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(repetitions, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(persistentFailures, 1);
        if (!(jitter is >= 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(jitter), jitter, "The jitter is 0 to 0.5.");
        }
    }
}

/// <summary>The rungs of the recovery ladder, gentlest first (SIM7000 TCPIP Application Note, chapter 12).</summary>
public enum ModemRecoveryRung
{
    /// <summary>Open the connection again.</summary>
    Reopen,

    /// <summary><c>AT+CIPSHUT</c> and a new PDP context.</summary>
    RebuildContext,

    /// <summary>Detach from GPRS and attach again, <c>AT+CGATT=0</c> and <c>AT+CGATT=1</c>.</summary>
    Reattach,

    /// <summary>Restart the modem, <c>AT+CFUN=1,1</c>.</summary>
    Restart,

    /// <summary>Reset pin or power key, through <see cref="IModemPowerControl"/>.</summary>
    PowerCycle,
}
