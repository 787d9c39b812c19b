namespace Sim800.Mqtt.Client;

/// <summary>
/// Whether packets of the server are read. It is closed while a subscription holds too much: then the transport fills up, and the TCP window makes
/// the server wait. Thread-safe.
/// </summary>
internal sealed class ReadingGate
{
    private readonly Gate _gate = new();
    private TaskCompletionSource? _opening;
    private int _stops;

    internal bool IsStopped => Volatile.Read(ref _stops) > 0;

    /// <summary>Ends when nobody stops the reading any more.</summary>
    internal Task WhenOpenAsync()
    {
        lock (_gate)
        {
            if (_stops == 0)
            {
                return Task.CompletedTask;
            }

            _opening ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _opening.Task;
        }
    }

    internal void Stop()
    {
        lock (_gate)
        {
            _stops++;
        }
    }

    /// <summary>Takes one <see cref="Stop"/> back.</summary>
    internal void Resume()
    {
        lock (_gate)
        {
            if (--_stops == 0)
            {
                _opening?.SetResult();
                _opening = null;
            }
        }
    }
}
