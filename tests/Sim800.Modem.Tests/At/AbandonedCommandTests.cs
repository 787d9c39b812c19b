using System.Runtime.CompilerServices;
using Sim800.Modem.At;
using Sim800.Modem.Dialects;

namespace Sim800.Modem.Tests.At;

/// <summary>A command whose caller has given up ends all the same, and nobody is left to hear how.</summary>
[Collection("Alone")]
public sealed class AbandonedCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_failure_is_nobodys_unobserved_exception(bool isWaiterForUrc)
    {
        var unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs e) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            for (var round = 0; round < 20; round++)
            {
                await AbandonAsync(isWaiterForUrc);
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }

        Assert.Equal(0, unobserved);
    }

    /// <summary>In a method of its own, so that nothing of it is held by the caller's frame.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task AbandonAsync(bool isWaiterForUrc)
    {
        await using var harness = new LineHarness();
        using var waiter = isWaiterForUrc ? new UrcWaiter<string>(harness.Channel, _ => null) : null;
        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var command = harness.Channel.SendAsync(StandardCommands.Attention, impatience.Token).AsTask();
        await harness.ExpectAsync("AT\r");
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command);
        harness.Channel.Fault(new IOException("unplugged"));
    }
}
