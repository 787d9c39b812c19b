using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sim800.Mqtt.Client;

/// <summary>
/// What the application sees of the client's state: the status, those who watch it, the first connection and the end. All of it is
/// derived from the status, which changes in one place. Belongs to the core's gate.
/// </summary>
internal sealed class StatusFeed(Gate gate, TimeProvider clock)
{
    private const int Backlog = 32;

    private readonly List<Channel<MqttClientStatus>> _watchers = [];
    private readonly TaskCompletionSource _firstConnection = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _changed;
    private MqttClientStatus _current = new(MqttClientState.Connecting, clock.GetUtcNow(), null, 0, null, 0);

    internal MqttClientStatus Current => Volatile.Read(ref _current);

    /// <summary>Ends with the first connection; fails with the reason when the client ended before.</summary>
    internal Task FirstConnection => _firstConnection.Task;

    /// <summary>Ends when the client has ended and everything below it is closed; fails with the reason when there is one.</summary>
    internal Task Completion => _completion.Task;

    internal int Watchers
    {
        get
        {
            lock (gate)
            {
                return _watchers.Count;
            }
        }
    }

    /// <summary>The next attempt begins.</summary>
    internal void Connecting()
    {
        lock (gate)
        {
            Set(Current with { State = MqttClientState.Connecting, RetryAfter = null });
        }
    }

    /// <summary>CONNACK has accepted the connection.</summary>
    internal void Connected() => Set(Current with { State = MqttClientState.Connected, RetryAfter = null, Connections = Current.Connections + 1 });

    /// <summary>The connection is over; whether to wait before the next one is decided elsewhere.</summary>
    internal void Lost(Exception reason)
    {
        if (Current.State is MqttClientState.Connected)
        {
            Set(Current with { State = MqttClientState.Connecting, Reason = reason });
        }
    }

    /// <summary>There is no connection, and the next attempt follows after a pause.</summary>
    internal void Waiting(Exception? reason, MqttFailureClass failure, int failures, TimeSpan pause, string stage)
    {
        lock (gate)
        {
            Set(Current with
            {
                State = MqttClientState.Waiting,
                Reason = reason,
                Failure = failure,
                Failures = failures,
                RetryAfter = pause,
                Stage = stage,
            });
        }
    }

    internal void Close(Exception? reason) =>
        Set(Current with { State = MqttClientState.Closed, Reason = reason, Failure = null, RetryAfter = null });

    /// <summary>Everything below the client is closed.</summary>
    internal void Complete()
    {
        if (Current is not { State: MqttClientState.Closed, Reason: var reason })
        {
            throw new InvalidOperationException("The client has not ended.");
        }

        if (reason is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            Fail(_completion, reason);
        }
    }

    /// <summary>Ends at the next change of the status.</summary>
    internal Task WhenChangedAsync()
    {
        gate.AssertHeld();
        _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changed.Task;
    }

    /// <summary>The status now, and each one after it; ends with <see cref="MqttClientState.Closed"/>.</summary>
    internal async IAsyncEnumerable<MqttClientStatus> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Channel.CreateBounded<MqttClientStatus>(
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

    private void Add(Channel<MqttClientStatus> watcher)
    {
        lock (gate)
        {
            watcher.Writer.TryWrite(_current);
            if (_current.State is MqttClientState.Closed)
            {
                watcher.Writer.TryComplete();
            }

            _watchers.Add(watcher);
        }
    }

    private void Remove(Channel<MqttClientStatus> watcher)
    {
        lock (gate)
        {
            _watchers.Remove(watcher);
        }
    }

    private void Set(MqttClientStatus status)
    {
        gate.AssertHeld();
        if (_current.State is MqttClientState.Closed)
        {
            return;
        }

        Volatile.Write(ref _current, status with { Since = clock.GetUtcNow() });
        foreach (var watcher in _watchers)
        {
            watcher.Writer.TryWrite(_current);
            if (status.State is MqttClientState.Closed)
            {
                watcher.Writer.TryComplete();
            }
        }

        SettleFirstConnection();
        _changed?.TrySetResult();
        _changed = null;
    }

    private void SettleFirstConnection()
    {
        if (_current.State is MqttClientState.Connected)
        {
            _firstConnection.TrySetResult();
        }
        else if (_current.State is MqttClientState.Closed)
        {
            Fail(_firstConnection, _current.Reason ?? new MqttClosedException(null));
        }
    }

    private static void Fail(TaskCompletionSource source, Exception reason)
    {
        source.TrySetException(reason);
        _ = source.Task.Exception;
    }
}
