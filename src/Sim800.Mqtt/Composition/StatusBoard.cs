using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sim800.Mqtt.Composition;

/// <summary>The client's status, and those who watch it change. A slow watcher misses steps, never the last one.</summary>
internal sealed class StatusBoard(TimeProvider clock)
{
    private const int Backlog = 32;

    private readonly Gate _gate = new();
    private readonly List<Channel<Sim800ClientStatus>> _watchers = [];
    private Sim800ClientStatus _current = new(Sim800ClientState.Connecting, clock.GetUtcNow(), null, 0, null, 0);

    internal Sim800ClientStatus Current => Volatile.Read(ref _current);

    internal int Watchers
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count;
            }
        }
    }

    internal void Connecting() => Set(Current with { State = Sim800ClientState.Connecting, RetryAfter = null });

    internal void Connected() => Set(Current with
    {
        State = Sim800ClientState.Connected,
        Connections = Current.Connections + 1,
    });

    internal void Waiting(Exception? reason, FailureClass failure, int failures, TimeSpan pause) => Set(Current with
    {
        State = Sim800ClientState.Waiting,
        Reason = reason,
        Failure = failure,
        Failures = failures,
        RetryAfter = pause,
    });

    internal void Closed(Exception? reason) => Set(Current with
    {
        State = Sim800ClientState.Closed,
        Reason = reason,
        Failure = null,
        RetryAfter = null,
    });

    /// <summary>The status now, and each one after it; ends with <see cref="Sim800ClientState.Closed"/>.</summary>
    internal async IAsyncEnumerable<Sim800ClientStatus> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Channel.CreateBounded<Sim800ClientStatus>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        Add(watcher);
        try
        {
            await foreach (var status in watcher.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return status;
            }
        }
        finally
        {
            Remove(watcher);
        }
    }

    private void Add(Channel<Sim800ClientStatus> watcher)
    {
        lock (_gate)
        {
            watcher.Writer.TryWrite(_current);
            if (_current.State is Sim800ClientState.Closed)
            {
                watcher.Writer.TryComplete();
            }

            _watchers.Add(watcher);
        }
    }

    private void Remove(Channel<Sim800ClientStatus> watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
        }
    }

    private void Set(Sim800ClientStatus status)
    {
        lock (_gate)
        {
            if (_current.State is Sim800ClientState.Closed)
            {
                return;
            }

            Volatile.Write(ref _current, status with { Since = clock.GetUtcNow() });
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(_current);
                if (status.State is Sim800ClientState.Closed)
                {
                    watcher.Writer.TryComplete();
                }
            }
        }
    }
}
