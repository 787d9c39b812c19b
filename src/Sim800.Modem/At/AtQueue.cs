using System.Runtime.CompilerServices;

namespace Sim800.Modem.At;

/// <summary>Who may use the line: one at a time, in the order of arrival, and not without end.</summary>
#pragma warning disable CA1001 // a semaphore whose wait handle nobody asks for holds nothing, and late callers must still find it
internal sealed class AtQueue
#pragma warning restore CA1001
{
    /// <summary>More callers than six links and a user can have; beyond that somebody calls without waiting.</summary>
    internal const int MaxWaiting = 64;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _waiting;

    /// <param name="isBounded">Whether the caller is one of those who may be too many.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">Too many commands are waiting already.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask TakeTurnAsync(bool isBounded, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting && isBounded)
            {
                throw new InvalidOperationException("Too many commands wait for the modem: await them before sending more.");
            }

            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    internal void EndTurn() => _turn.Release();
}
