namespace Sim800.Modem.At;

/// <summary>Waits for the unsolicited line that is the outcome of a command. Created before the command is sent.</summary>
internal sealed class UrcWaiter<T> : IDisposable
    where T : class
{
    private readonly AtChannel _channel;
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _subscription;
    private readonly CancellationTokenRegistration _closed;

    /// <param name="channel">Whose lines.</param>
    /// <param name="choose">Runs in the read loop; gives the outcome when the line is it.</param>
    internal UrcWaiter(AtChannel channel, Func<Urc, T?> choose)
    {
        _channel = channel;
        _subscription = channel.Urcs.Subscribe(urc =>
        {
            if (choose(urc) is { } outcome)
            {
                _outcome.TrySetResult(outcome);
            }
        });
        _closed = channel.Closed.Register(() => _outcome.TrySetException(channel.ClosedReason()));
    }

    /// <exception cref="TimeoutException">The line was not received in time.</exception>
    /// <exception cref="ModemClosedException">The serial line ended meanwhile.</exception>
    internal Task<T> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        _outcome.Task.WaitAsync(timeout, _channel.Clock, cancellationToken);

    public void Dispose()
    {
        _subscription.Dispose();
        _closed.Dispose(); // waits for the callback
        _ = _outcome.Task.Exception; // observed here in case nobody awaited it
    }
}
