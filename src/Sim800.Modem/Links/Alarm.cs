using System.Threading.Tasks.Sources;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.Links;

/// <summary>Wakes one waiter when it is raised or when its time is up, whichever comes first. Used again without allocating.</summary>
internal sealed class Alarm : IValueTaskSource<bool>
{
    private readonly Gate _gate = new();
    private readonly ITimer _timer;
    private readonly QueuedContinuation _afterwards = new();
    private ManualResetValueTaskSourceCore<bool> _source;
    private bool _raised;
    private bool _waiting;

    internal Alarm(TimeProvider clock) =>
        _timer = clock.CreateTimer(
            static self => ((Alarm)self!).Wake(raised: false), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The last waiter has gone.</summary>
    internal void Stop() => _timer.Dispose();

    /// <summary>Wakes the waiter, or the next one at once.</summary>
    internal void Raise() => Wake(raised: true);

    /// <returns><c>true</c> when raised, <c>false</c> when <paramref name="timeout"/> has passed.</returns>
    internal ValueTask<bool> WaitAsync(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_raised)
            {
                _raised = false;
                return new ValueTask<bool>(true);
            }

            _source.Reset();
            _waiting = true;
            _timer.Change(timeout, Timeout.InfiniteTimeSpan);
            return new ValueTask<bool>(this, _source.Version);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _afterwards.Register(ref _source, continuation, state, token, flags);

    private void Wake(bool raised)
    {
        lock (_gate)
        {
            if (_waiting)
            {
                _waiting = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _source.SetResult(raised);
            }
            else
            {
                _raised |= raised;
            }
        }
    }
}
