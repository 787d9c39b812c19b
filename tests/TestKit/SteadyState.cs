namespace TestKit;

/// <summary>What a round of messages costs the collector once everything is warm.</summary>
public static class SteadyState
{
    private const int MaxRounds = 300;

    /// <summary>
    /// All threads are counted, so that nothing hides in a loop; and each thread of the pool has buffers of its own to warm, so that in a
    /// process with many of them the first hundred rounds may each allocate something. What allocates by itself does so in every round:
    /// the cheapest one tells.
    /// </summary>
    /// <param name="round">Runs once unmeasured, and then again and again.</param>
    /// <param name="enough">Bytes; a round that allocates no more is the last.</param>
    /// <param name="cancellationToken">Ends the measurement between two rounds.</param>
    /// <returns>Bytes allocated in the cheapest round.</returns>
    public static Task<long> LeastBytesAsync(Func<Task> round, long enough, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await round();
            var least = long.MaxValue;
            for (var rounds = 0; rounds < MaxRounds && least > enough; rounds++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var before = GC.GetTotalAllocatedBytes(precise: true);
                await round();
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }

            return least;
        },
        cancellationToken); // away from the test's synchronisation context, which allocates for each continuation
}
