namespace Sim800.Modem.At;

/// <summary>
/// Knows when a modem that sleeps when its line is idle must be woken: the first character is lost, and 100 ms later it listens
/// (SIM800 manual, AT+CSCLK). Pure but for the time it is asked.
/// </summary>
internal sealed class AtWakeUp
{
    /// <summary>What the modem wants between the lost character and the first that counts.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The modem sleeps after five seconds.</summary>
    private static readonly TimeSpan Awake = TimeSpan.FromSeconds(4);

    private volatile bool _isNeeded;
    private long _lastTraffic;

    /// <summary>Whether the modem sleeps when the line is idle.</summary>
    internal bool IsNeeded
    {
        get => _isNeeded;
        set => _isNeeded = value;
    }

    internal void OnTraffic(TimeProvider clock) => _lastTraffic = clock.GetTimestamp();

    internal static Task PauseAsync(TimeProvider clock) => Task.Delay(Pause, clock, CancellationToken.None);

    internal bool IsDue(TimeProvider clock) => _isNeeded && clock.GetElapsedTime(_lastTraffic) >= Awake;
}
