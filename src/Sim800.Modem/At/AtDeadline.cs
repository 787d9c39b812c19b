namespace Sim800.Modem.At;

/// <summary>One timer, set anew for every command. A callback that comes too late for its command finds a later deadline and does nothing.</summary>
internal sealed class AtDeadline : IDisposable
{
    private readonly Gate _gate = new();
    private readonly TimeProvider _clock;
    private readonly Action _onExpired;
    private readonly ITimer _timer;
    private long _due = long.MaxValue;

    internal AtDeadline(TimeProvider clock, Action onExpired)
    {
        (_clock, _onExpired) = (clock, onExpired);
        _timer = clock.CreateTimer(
            static self => ((AtDeadline)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    internal void Set(TimeSpan timeout)
    {
        lock (_gate)
        {
            _due = _clock.GetTimestamp() + (long)(timeout.TotalSeconds * _clock.TimestampFrequency);
            _timer.Change(timeout, Timeout.InfiniteTimeSpan);
        }
    }

    internal void Clear()
    {
        lock (_gate)
        {
            _due = long.MaxValue;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            var early = _due == long.MaxValue ? TimeSpan.MaxValue : _clock.GetElapsedTime(_clock.GetTimestamp(), _due);
            if (early == TimeSpan.MaxValue)
            {
                return;
            }

            if (early > TimeSpan.Zero) // timers count milliseconds and may fire a little before the timestamp says so
            {
                _timer.Change(early + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            _due = long.MaxValue;
        }

        _onExpired();
    }
}
