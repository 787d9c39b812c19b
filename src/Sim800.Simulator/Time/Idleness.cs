namespace Sim800.Simulator;

/// <summary>Tells whether the thread pool has nothing to do. Used by one thread.</summary>
internal sealed class Idleness : IDisposable
{
    private const int Checks = 4;
    private const int YieldsBeforeSleep = 200;

    /// <summary>Threads that finish nothing for this long are blocked, not busy. Long work on a loaded machine is shorter.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AutoResetEvent _never = new(initialState: false);
    private int _blocked;
    private int _rests;
    private int _lastBusy;
    private long _lastCompleted;
    private long _unchangedSince;

    public void Dispose() => _never.Dispose();

    internal bool IsReached()
    {
        for (var check = 0; check < Checks; check++)
        {
            if (!IsQuiet())
            {
                return false;
            }

            Thread.Yield();
        }

        _rests = 0;
        return true;
    }

    /// <summary>Gives way to those who are busy.</summary>
    internal void Rest()
    {
        if (++_rests < YieldsBeforeSleep)
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
            (_lastBusy, _lastCompleted, _unchangedSince) = (busy, completed, TimeProvider.System.GetTimestamp());
        }
        else if (TimeProvider.System.GetElapsedTime(_unchangedSince) > Patience)
        {
            _blocked = busy;
        }
    }
}
