namespace Sim800.Modem.At;

/// <summary>
/// Decides when a modem that sleeps while its line is idle must be woken: the first character is lost, and after a pause it hears the
/// next. Pure but for the clock it is given.
/// </summary>
/// <param name="options">With the tables that say how long the modem stays awake, and how long it takes to hear again.</param>
internal sealed class AtWakeUp(AtChannelOptions options)
{
    private volatile bool _isNeeded;
    private long _lastTraffic;

    /// <summary>Whether the modem sleeps when the line is idle.</summary>
    internal bool IsNeeded
    {
        get => _isNeeded;
        set => _isNeeded = value;
    }

    internal void OnTraffic(TimeProvider clock) => _lastTraffic = clock.GetTimestamp();

    internal Task PauseAsync(TimeProvider clock) => Task.Delay(options.Tables.WakeUpPause, clock, CancellationToken.None);

    internal bool IsDue(TimeProvider clock) => _isNeeded && clock.GetElapsedTime(_lastTraffic) >= options.Tables.StaysAwake;
}
