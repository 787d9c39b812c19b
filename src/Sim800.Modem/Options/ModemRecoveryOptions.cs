namespace Sim800.Modem;

/// <summary>What is done when connections keep failing: the highest rung of the recovery ladder, attempts per rung and pauses.</summary>
public sealed record ModemRecoveryOptions
{
    /// <summary>The highest rung that may be used. Opening the connection again is always allowed.</summary>
    public ModemRecoveryRung Highest { get; init; } = ModemRecoveryRung.PowerCycle;

    /// <summary>Consecutive failures on one rung before the next rung is used.</summary>
    public int AttemptsPerRung { get; init; } = 2;

    /// <summary>Pause before the first repetition. It doubles with every further failure, with a jitter of 20 %.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(2);
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
