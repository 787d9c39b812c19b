namespace Sim800.Simulator;

/// <summary>Tells whether the thread pool has nothing to do. Used by one thread.</summary>
internal sealed class Idleness : IDisposable
{
    private const int Checks = 4;
    private const int TurnsBeforeSleep = 200;

    /// <summary>
    /// Threads that finish nothing for this long are blocked, not busy, if this thread had its turns meanwhile: on a machine that
    /// gives it few, it gives the busy ones few as well.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc cref="Patience"/>
    private const int PatientTurns = 2000;

    private readonly AutoResetEvent _never = new(initialState: false);
    private int _blocked;
    private SpinWait _wait;
    private int _lastBusy;
    private long _lastCompleted;
    private long _unchangedSince;
    private int _turns;

    public void Dispose() => _never.Dispose();

    internal bool IsReached()
    {
        var pause = default(SpinWait);
        for (var check = 0; check < Checks; check++)
        {
            if (!IsQuiet())
            {
                return false;
            }

            // On a machine that others keep busy a yield costs milliseconds, and each jump of the clock needs several looks.
            pause.SpinOnce(sleep1Threshold: -1);
        }

        _wait.Reset();
        return true;
    }

    /// <summary>Gives way to those who are busy.</summary>
    internal void Rest()
    {
        if (_wait.Count < TurnsBeforeSleep)
        {
            _wait.SpinOnce(sleep1Threshold: -1); // some microseconds, which most work takes, and then yields
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
