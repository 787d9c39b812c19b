namespace Sim800.Modem.Recovery;

/// <summary>
/// Distinguishes a restart from the last lines of a known boot, and counts restarts. Pure: time is a parameter.
/// </summary>
/// <param name="isBootTail">Whether a line is one of the last of a boot.</param>
internal sealed class RestartWatch(Func<string, bool> isBootTail)
{
    /// <summary>This many restarts within <see cref="Window"/> point to a failing supply.</summary>
    internal const int Many = 3;

    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>For so long after a start the last lines of the same boot may follow.</summary>
    internal static readonly TimeSpan BootTail = TimeSpan.FromSeconds(60);

    private readonly Queue<TimeSpan> _restarts = new();
    private TimeSpan _bootEnds = BootTail;

    /// <summary>Restarts within the last ten minutes.</summary>
    internal int Count => _restarts.Count;

    /// <summary>Whether the modem restarts so often that its supply must be failing.</summary>
    internal bool KeepsRestarting => Count >= Many;

    /// <summary>The driver itself has restarted the modem, or has just opened the line.</summary>
    internal void OnExpectedStart(TimeSpan now) => _bootEnds = now + BootTail;

    /// <returns>Whether the line is the tail of a boot that the driver knows of.</returns>
    internal bool IsTailOfBoot(string line, TimeSpan now) => now < _bootEnds && isBootTail(line);

    /// <returns>Whether the line is the sign of an unexpected restart.</returns>
    internal bool OnSign(string line, TimeSpan now)
    {
        if (IsTailOfBoot(line, now))
        {
            return false;
        }

        _bootEnds = now + BootTail;
        while (_restarts.TryPeek(out var first) && now - first > Window)
        {
            _restarts.Dequeue();
        }

        if (_restarts.Count < Many)
        {
            _restarts.Enqueue(now);
        }

        return true;
    }
}
