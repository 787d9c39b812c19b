namespace Sim800.Modem.At;

/// <summary>
/// One timer, armed for each step of a command. Once <see cref="Clear"/> or the next <see cref="Set"/> has returned, the step before
/// cannot expire. While it runs it looks at intervals whether there is anything left to wait for.
/// </summary>
internal sealed class AtDeadline : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly Gate _gate = new();
    private readonly TimeProvider _clock;
    private readonly Func<bool> _isHopeless;
    private readonly Action _onExpired;
    private readonly Action<long> _afterwards;
    private readonly ITimer _timer;
    private long _due = long.MaxValue;
    private long _step;

    /// <param name="clock">The time.</param>
    /// <param name="isHopeless">Called every two seconds under the same lock: whether the step expires at once.</param>
    /// <param name="onExpired">Called under the lock that also guards <see cref="Set"/>: it must not call out.</param>
    /// <param name="afterwards">Called outside the lock with the step that has expired; the next step may have begun by then.</param>
    internal AtDeadline(TimeProvider clock, Func<bool> isHopeless, Action onExpired, Action<long> afterwards)
    {
        (_clock, _isHopeless, _onExpired, _afterwards) = (clock, isHopeless, onExpired, afterwards);
        _timer = clock.CreateTimer(
            static self => ((AtDeadline)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    internal void Set(TimeSpan timeout, long step)
    {
        lock (_gate)
        {
            _step = step;
            _due = _clock.GetTimestamp() + (long)(timeout.TotalSeconds * _clock.TimestampFrequency);
            _timer.Change(timeout < Look ? timeout : Look, Timeout.InfiniteTimeSpan);
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
        long step;
        lock (_gate)
        {
            var early = _due == long.MaxValue ? TimeSpan.MaxValue : _clock.GetElapsedTime(_clock.GetTimestamp(), _due);
            if (early == TimeSpan.MaxValue)
            {
                return;
            }

            if (early > TimeSpan.Zero && !_isHopeless())
            {
                // Timers count milliseconds and may fire a little before the timestamp says so.
                _timer.Change(early < Shortest ? Shortest : early < Look ? early : Look, Timeout.InfiniteTimeSpan);
                return;
            }

            _due = long.MaxValue;
            step = _step;
            _onExpired();
        }

        _afterwards(step);
    }
}
