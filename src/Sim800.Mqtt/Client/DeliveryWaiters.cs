namespace Sim800.Mqtt.Client;

/// <summary>The publishers who wait, by the key of their message. Cancelling stops the waiting, not the delivery.</summary>
internal sealed class DeliveryWaiters(Gate gate)
{
    private const int MostKept = 1024;

    private readonly Dictionary<long, DeliveryWaiter> _waiting = [];
    private readonly Stack<DeliveryWaiter> _free = new();

    /// <summary>Called under the gate.</summary>
    internal ValueTask WaitAsync(long sequence, CancellationToken cancellationToken)
    {
        var waiter = _free.TryPop(out var free) ? free : new DeliveryWaiter(this);
        _waiting.Add(sequence, waiter);
        waiter.Start(sequence, cancellationToken);
        return waiter.Task;
    }

    /// <summary>Called under the gate.</summary>
    internal void Finish(long sequence, Exception? failure)
    {
        if (_waiting.Remove(sequence, out var waiter))
        {
            waiter.Finish(failure);
        }
    }

    /// <summary>Called under the gate.</summary>
    internal void FailAll(Exception failure)
    {
        foreach (var waiter in _waiting.Values)
        {
            waiter.Finish(failure);
        }

        _waiting.Clear();
    }

    internal void Cancel(DeliveryWaiter waiter, CancellationToken cancellationToken)
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

    internal void Return(DeliveryWaiter waiter)
    {
        lock (gate)
        {
            if (_free.Count < MostKept)
            {
                _free.Push(waiter);
            }
        }
    }
}
