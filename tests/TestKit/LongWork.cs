namespace TestKit;

/// <summary>For tests that keep a processor busy for seconds.</summary>
public static class LongWork
{
    private const int Rounds = 100;

    /// <summary>
    /// Lets others have the thread now and then: one of the pool that finishes nothing for seconds is taken for a blocked one by the virtual
    /// clock of another test.
    /// </summary>
    public static async Task PauseAsync(int round)
    {
        if (round % Rounds == 0)
        {
            await Task.Yield();
        }
    }
}
