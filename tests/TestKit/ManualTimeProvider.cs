namespace TestKit;

/// <summary>A clock that stands still until a test moves it. Timers fire on the caller of <see cref="Advance"/>, in order of their due time.</summary>
/// <remarks>
/// For tests that need what the FakeTimeProvider of Microsoft.Extensions.TimeProvider.Testing (10.11) does not do: a timer that comes due
/// within an <see cref="Advance"/> fires at its own instant, and one that is armed again by its callback fires again, so that ten seconds are
/// ten ticks (there they are one, at the end); a timer due at once does not fire within <see cref="CreateTimer"/>, under the locks of its
/// caller; and a test sees which timers are armed, so that it can wait for the code under test instead of guessing.
/// </remarks>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are waiting: a test can wait until the code under test has armed one.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>How long until the next timer fires; <c>null</c> when none is armed.</summary>
    public TimeSpan? NextTimerIn
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due) - _now;
            }
        }
    }

    /// <summary>Waits until the code under test waits for so long, and not for something shorter, then lets that time pass.</summary>
    public async Task PassAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        while (NextTimerIn != wait)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Advance(wait);
    }

    /// <summary>Waits until no timer is left: a wait that has ended disposes of its own a moment later.</summary>
    public async Task DisarmedAsync(CancellationToken cancellationToken)
    {
        while (ArmedTimers > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock and fires every timer that comes due on the way, at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } due)
        {
            due.Fire();
        }

        lock (_gate)
        {
            _now = target;
        }
    }

    /// <summary>Moves the clock to the next timer and fires it.</summary>
    /// <returns><c>false</c> when no timer is armed.</returns>
    public bool AdvanceToNextTimer()
    {
        if (TakeDue(DateTimeOffset.MaxValue) is not { } due)
        {
            return false;
        }

        due.Fire();
        return true;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(DateTimeOffset limit)
    {
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.Due <= limit).MinBy(timer => timer.Due);
            if (due is null)
            {
                return null;
            }

            _timers.Remove(due);
            _now = due.Due > _now ? due.Due : _now;
            if (due.Period > TimeSpan.Zero)
            {
                due.Due = _now + due.Period;
                _timers.Add(due);
            }

            return due;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        internal DateTimeOffset Due { get; set; }

        internal TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._now + dueTime;
                    Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Fire() => callback(state);
    }
}
