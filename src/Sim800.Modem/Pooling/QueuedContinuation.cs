using System.Threading.Tasks.Sources;

namespace Sim800.Modem.Pooling;

/// <summary>
/// Lets what awaits a source go on in the thread pool, without a work item of its own for each wait, which the pool allocates for every
/// async method that is not built by the runtime's builders. One per source; there is one waiter at a time.
/// </summary>
internal sealed class QueuedContinuation : IThreadPoolWorkItem
{
    private static readonly Action<object?> Queue =
        static self => ThreadPool.UnsafeQueueUserWorkItem((QueuedContinuation)self!, preferLocal: false);

    private Action<object?>? _continuation;
    private object? _state;

    /// <summary>Hands to <paramref name="source"/>, which completes on the thread of whoever sets it, the way into the pool.</summary>
    internal void Register<TResult>(
        ref ManualResetValueTaskSourceCore<TResult> source,
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags)
    {
        (_continuation, _state) = (continuation, state);
        source.OnCompleted(Queue, this, token, flags);
    }

    void IThreadPoolWorkItem.Execute()
    {
        var (continuation, state) = (_continuation!, _state);
        (_continuation, _state) = (null, null); // the waiter may wait again before this returns
        continuation(state);
    }
}
