namespace Sim800.Mqtt.Client;

/// <summary>
/// Whether packets of the server are read. It is closed while a subscription holds too much: then the transport fills up, and the TCP window makes
/// the server wait. Thread-safe.
/// </summary>
internal sealed class ReadingGate
{
    private readonly Gate _gate = new();
    private readonly Latch _reading = new();
    private int _stops;

    internal bool IsStopped => Volatile.Read(ref _stops) > 0;

    /// <summary>Ends when nobody stops the reading any more.</summary>
    internal Task WhenOpenAsync()
    {
        lock (_gate)
        {
            return _reading.WhenOpen;
        }
    }

    internal void Stop()
    {
        lock (_gate)
        {
            _stops++;
            _reading.Close();
        }
    }

    /// <summary>Takes one <see cref="Stop"/> back.</summary>
    internal void Resume()
    {
        lock (_gate)
        {
            if (--_stops == 0)
            {
                _reading.Open();
            }
        }
    }
}
