namespace Sim800.Simulator;

/// <summary>Keeps a <see cref="VirtualClock"/> still until it is disposed.</summary>
internal sealed class ClockHold(VirtualClock clock) : IDisposable
{
    private int _isReleased;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            clock.Release();
        }
    }
}
