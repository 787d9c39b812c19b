using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sim800.Modem.At;

/// <summary>Who may use the line: one at a time, in the order of arrival, and not without end.</summary>
internal sealed class AtQueue
{
    /// <summary>More callers than six links and a user can have; beyond that somebody calls without waiting.</summary>
    internal const int MaxWaiting = 64;

    /// <summary>Holds the turn while nobody has it. A channel lets its one waiter wait for nothing allocated, where a semaphore would
    /// make a node each time sender and receiver of a link want the line at once.</summary>
    private readonly Channel<bool> _turn = Channel.CreateBounded<bool>(1);
    private int _waiting;

    internal AtQueue() => EndTurn();

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

            await _turn.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    internal void EndTurn() => _turn.Writer.TryWrite(true);
}
