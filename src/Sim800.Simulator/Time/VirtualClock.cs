namespace Sim800.Simulator;

/// <summary>
/// A clock that stands still while anything is running and jumps to the next timer when everything waits, so that a
/// simulated week takes seconds. Hand it to every part that takes a <see cref="TimeProvider"/>.
/// </summary>
/// <remarks>
/// "Everything waits" means that no work item of the thread pool runs or is queued. Sockets, files and threads of one's
/// own are not seen: keep the whole simulation in memory (<see cref="InMemoryNetwork"/>), or hold the clock with
/// <see cref="Hold"/> meanwhile, as a modem does while its <see cref="SocketNetwork"/> looks up a name or connects. A thread of the pool that is blocked for five seconds of real time counts as waiting.
/// </remarks>
public sealed class VirtualClock : TimeProvider, IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, long Order)> _timers = new();
    private readonly AutoResetEvent _changed = new(initialState: false);
    private readonly Idleness _idleness = new();
    private readonly Thread _thread;
    private readonly DateTimeOffset _start;
    private long _now;
    private long _order;
    private int _holds;
    private volatile bool _isDisposed;

    /// <summary>A clock that begins at the first of January 2026, 00:00 UTC.</summary>
    public VirtualClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <param name="start">When the clock begins.</param>
    public VirtualClock(DateTimeOffset start)
    {
        _start = start;
        _thread = new Thread(Run) { IsBackground = true, Name = nameof(VirtualClock) };
        _thread.Start();
    }

    /// <summary>How long the clock has run.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <summary>Keeps the clock where it is until what is returned is disposed.</summary>
    public IDisposable Hold()
    {
        lock (_gate) // a jump that has begun is over when this returns
        {
            _holds++;
        }

        return new ClockHold(this);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Stops the clock for good; its timers never fire again.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _changed.Set();
        }

        if (Thread.CurrentThread != _thread && _thread.IsAlive)
        {
            _thread.Join();
            _changed.Dispose();
            _idleness.Dispose();
        }
    }

    internal void Schedule(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            timer.Version++;
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            _timers.Enqueue((timer, timer.Version), (_now + Math.Max(0, dueTime.Ticks), _order++));
        }

        Nudge();
    }

    internal void Release()
    {
        lock (_gate)
        {
            _holds--;
        }

        Nudge();
    }

    private void Nudge()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _changed.Set();
            }
        }
    }

    private void Run()
    {
        while (!_isDisposed)
        {
            if (!HasTimer() || Volatile.Read(ref _holds) > 0)
            {
                _changed.WaitOne();
            }
            else if (!_idleness.IsReached())
            {
                _idleness.Rest();
            }
            else if (TakeNext() is { } timer)
            {
                timer.Fire();
            }
        }
    }

    private bool HasTimer()
    {
        lock (_gate)
        {
            while (_timers.TryPeek(out var head, out _))
            {
                if (head.Version == head.Timer.Version)
                {
                    return true;
                }

                _timers.Dequeue();
            }

            return false;
        }
    }

    private VirtualTimer? TakeNext()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _holds) > 0 || !_timers.TryDequeue(out var head, out var priority) || head.Version != head.Timer.Version)
            {
                return null;
            }

            Interlocked.Exchange(ref _now, Math.Max(_now, priority.Due));
            return head.Timer;
        }
    }
}
