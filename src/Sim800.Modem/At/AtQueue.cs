using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.At;

/// <summary>Serialises the use of the line: one caller at a time, first come first served, with a limit on those waiting.</summary>
internal sealed class AtQueue
{
    /// <summary>More than the links and a user that awaits its commands can have waiting.</summary>
    internal const int MaxWaiting = 64;

    /// <summary>Holds a token while the line is free. Waiting on a channel allocates nothing while there is one waiter; a semaphore allocates
    /// a node whenever sender and receiver of a link contend for the line.</summary>
    private readonly Channel<bool> _turn = Channel.CreateBounded<bool>(1);
    private int _waiting;

    internal AtQueue() => EndTurn();

    /// <param name="isBounded">Whether the limit applies to this caller.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">Too many commands are waiting already.</exception>
    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder))]
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
