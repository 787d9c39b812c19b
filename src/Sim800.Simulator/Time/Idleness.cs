namespace Sim800.Simulator;

/// <summary>Tells whether the thread pool has nothing to do. Used by one thread.</summary>
internal sealed class Idleness : IDisposable
{
    private const int Checks = 4;

    /// <summary>
    /// Some microseconds, which most work takes. On a machine that others keep busy a yield costs milliseconds, and each jump of the clock
    /// needs several looks.
    /// </summary>
    private const int Spins = 50;
    private const int SpinsBeforeYield = 20;
    private const int YieldsBeforeSleep = 200;

    /// <summary>
    /// Threads that finish nothing for this long are blocked, not busy, if this thread had its turns meanwhile: on a machine that
    /// gives it few, it gives the busy ones few as well.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="Patience"/>
    private const int PatientTurns = 2000;

    private readonly AutoResetEvent _never = new(initialState: false);
    private int _blocked;
    private int _rests;
    private int _lastBusy;
    private long _lastCompleted;
    private long _unchangedSince;
    private int _turns;

    public void Dispose() => _never.Dispose();

    internal bool IsReached()
    {
        for (var check = 0; check < Checks; check++)
        {
            if (!IsQuiet())
            {
                return false;
            }

            Thread.SpinWait(Spins);
        }

        _rests = 0;
        return true;
    }

    /// <summary>Gives way to those who are busy.</summary>
    internal void Rest()
    {
        if (++_rests < SpinsBeforeYield)
        {
            Thread.SpinWait(Spins);
        }
        else if (_rests < SpinsBeforeYield + YieldsBeforeSleep)
        {
            Thread.Yield();
        }
        else
        {
            _never.WaitOne(1);
        }
    }

    private bool IsQuiet()
    {
        var pending = ThreadPool.PendingWorkItemCount;
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        var busy = most - available;
        _blocked = Math.Min(_blocked, busy);
        if (pending == 0 && busy > _blocked)
        {
            NoticeBlocked(busy);
        }

        return pending == 0 && busy <= _blocked;
    }

    private void NoticeBlocked(int busy)
    {
        var completed = ThreadPool.CompletedWorkItemCount;
        if (busy != _lastBusy || completed != _lastCompleted)
        {
            (_lastBusy, _lastCompleted, _unchangedSince, _turns) = (busy, completed, TimeProvider.System.GetTimestamp(), 0);
        }
        else if (++_turns > PatientTurns && TimeProvider.System.GetElapsedTime(_unchangedSince) > Patience)
        {
            _blocked = busy;
        }
    }
}
