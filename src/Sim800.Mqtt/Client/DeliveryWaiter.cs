using System.Threading.Tasks.Sources;

namespace Sim800.Mqtt.Client;

/// <summary>A publisher who waits for the confirmation of one message. Pooled: used again as soon as its result was taken.</summary>
internal sealed class DeliveryWaiter(DeliveryWaiters owner) : IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<bool> _core;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _cancellationToken;
    private Exception? _failure;

    internal long Sequence { get; private set; }

    internal ValueTask Task => new(this, _core.Version);

    internal void Start(long sequence, CancellationToken cancellationToken)
    {
        (Sequence, _failure, _cancellationToken) = (sequence, null, cancellationToken);
        _cancellation = cancellationToken.UnsafeRegister(
            static waiter => ((DeliveryWaiter)waiter!).Cancel(), this);
    }

    /// <summary>The publisher goes on elsewhere, so that this may be called under a lock.</summary>
    internal void Finish(Exception? failure)
    {
        _failure = failure;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_failure is null)
        {
            _core.SetResult(true);
        }
        else
        {
            _core.SetException(_failure);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation that is just being handled, which must not hit the next use.
            _cancellation.Dispose();
            _core.Reset();
            owner.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel() => owner.Cancel(this, _cancellationToken);
}
