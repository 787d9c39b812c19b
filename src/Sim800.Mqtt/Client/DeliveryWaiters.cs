using System.Threading.Tasks.Sources;

namespace Sim800.Mqtt.Client;

/// <summary>The publishers who wait, by the key of their message. Cancelling stops the waiting, not the delivery.</summary>
internal sealed class DeliveryWaiters(Gate gate)
{
    private const int MostKept = 1024;

    private readonly Dictionary<long, Waiter> _waiting = [];
    private readonly Stack<Waiter> _free = new();

    /// <returns>Ends when the delivery of the message has.</returns>
    internal ValueTask WaitAsync(long sequence, CancellationToken cancellationToken)
    {
        gate.AssertHeld();
        var waiter = _free.TryPop(out var free) ? free : new Waiter(this);
        _waiting.Add(sequence, waiter);
        waiter.Start(sequence, cancellationToken);
        return waiter.Task;
    }

    internal void Finish(long sequence, Exception? failure)
    {
        gate.AssertHeld();
        if (_waiting.Remove(sequence, out var waiter))
        {
            waiter.Finish(failure);
        }
    }

    internal void FailAll(Exception failure)
    {
        gate.AssertHeld();
        foreach (var waiter in _waiting.Values)
        {
            waiter.Finish(failure);
        }

        _waiting.Clear();
    }

    private void Cancel(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (_waiting.TryGetValue(waiter.Sequence, out var waiting) && ReferenceEquals(waiting, waiter))
            {
                _waiting.Remove(waiter.Sequence);
                waiter.Finish(new OperationCanceledException(cancellationToken));
            }
        }
    }

    private void Return(Waiter waiter)
    {
        lock (gate)
        {
            if (_free.Count < MostKept)
            {
                _free.Push(waiter);
            }
        }
    }

    /// <summary>A publisher who waits for one message. Pooled: used again as soon as its result was taken.</summary>
    private sealed class Waiter(DeliveryWaiters owner) : IValueTaskSource, IThreadPoolWorkItem
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
            _cancellation = cancellationToken.UnsafeRegister(static waiter => ((Waiter)waiter!).Cancel(), this);
        }

        /// <summary>The publisher goes on elsewhere, so that this may be called under the gate.</summary>
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
}
