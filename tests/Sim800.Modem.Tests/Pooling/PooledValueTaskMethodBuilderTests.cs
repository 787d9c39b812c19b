using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Sim800.Modem.Pooling;

namespace Sim800.Modem.Tests.Pooling;

#pragma warning disable VSTHRD002, CA2012, xUnit1031 // What is taken without awaiting it is what is tested.

[Collection("Alone")]
public sealed class PooledValueTaskMethodBuilderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly AsyncLocal<string?> Flowing = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_result_arrives_whether_the_method_waits_or_not(bool waits)
    {
        var step = new Step();
        if (!waits)
        {
            step.Complete();
        }

        var pending = AddOneAsync(step, 41);
        Assert.Equal(!waits, pending.IsCompleted);
        if (waits)
        {
            step.Complete();
        }

        Assert.Equal(42, await pending);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_exception_arrives_as_it_was_thrown(bool waits)
    {
        var step = new Step();
        var failure = new InvalidDataException("torn");
        if (!waits)
        {
            step.Complete();
        }

        var pending = FailAsync(step, failure);
        if (waits)
        {
            step.Complete();
        }

        Assert.Same(failure, await Assert.ThrowsAsync<InvalidDataException>(async () => await pending));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_method_is_a_cancelled_task(bool waits)
    {
        var step = new Step();
        if (!waits)
        {
            step.Complete();
        }

        var pending = FailAsync(step, new OperationCanceledException(Cancel));
        if (waits)
        {
            step.Complete();
        }

        var task = pending.AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
    }

    [Fact]
    public async Task A_task_that_is_awaited_a_second_time_gives_nothing()
    {
        var step = new Step();
        var pending = AddOneAsync(step, 1);
        step.Complete();
        Assert.Equal(2, await pending);
        Assert.Throws<InvalidOperationException>(() => pending.GetAwaiter().GetResult());
    }

    [Fact]
    public void A_task_that_is_asked_too_early_keeps_its_state_machine()
    {
        var step = new Step();
        var pending = AddOneAsync(step, 1);
        Assert.Throws<InvalidOperationException>(() => pending.GetAwaiter().GetResult());
        step.Complete();
        Assert.Equal(2, pending.GetAwaiter().GetResult());
    }

    [Fact]
    public async Task What_flows_with_the_caller_flows_on_behind_the_wait_and_not_back_to_the_caller()
    {
        Flowing.Value = "caller";
        var step = new Step();
        var pending = ReadFlowingAsync(step);
        Assert.Equal("caller", Flowing.Value);
        Flowing.Value = "later";
        await Task.Factory.StartNew(
            () =>
            {
                Flowing.Value = "other";
                step.Complete();
                Assert.Equal("other", Flowing.Value);
            },
            Cancel,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        Assert.Equal("method", await pending);
        Assert.Equal("later", Flowing.Value);
    }

    [Fact]
    public async Task Methods_that_run_side_by_side_do_not_mix_their_results()
    {
        for (var round = 0; round < 3; round++)
        {
            var steps = Enumerable.Range(0, 400).Select(_ => new Step()).ToArray();
            var pending = steps.Select((step, i) => AddOneAsync(step, i).AsTask()).ToArray();
            Parallel.ForEach(steps, static step => step.Complete());
            Assert.Equal(Enumerable.Range(1, steps.Length), await Task.WhenAll(pending).WaitAsync(Patience, Cancel));
        }
    }

    [Fact]
    public void A_method_that_begins_on_one_thread_and_ends_on_another_allocates_nothing()
    {
        const int Rounds = 1000;
        var step = new Step();
        using var begun = new SemaphoreSlim(0);
        using var ended = new SemaphoreSlim(0);
        ValueTask<int> pending = default;
        var sum = 0L;
        var ending = new Thread(() =>
        {
            while (sum < Rounds && begun.Wait(Patience, Cancel))
            {
                step.Complete();
                sum += pending.GetAwaiter().GetResult();
                ended.Release();
            }
        });
        ending.Start();
        var warm = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            if (round == Rounds / 2)
            {
                warm = GC.GetTotalAllocatedBytes(precise: true);
            }

            step.Reset();
            pending = AddOneAsync(step, 0);
            begun.Release();
            Assert.True(ended.Wait(Patience, Cancel));
        }

        var allocated = GC.GetTotalAllocatedBytes(precise: true) - warm;
        Assert.True(ending.Join(Patience));
        Assert.Equal(Rounds, sum);
        Assert.InRange(allocated, 0, Rounds / 2 * 80); // a wait that can be cancelled registers with the token, 64 bytes here; a state machine takes twice as much
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private static async ValueTask<int> AddOneAsync(Step step, int number)
    {
        await step.Task.ConfigureAwait(false);
        return number + 1;
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder))]
    private static async ValueTask FailAsync(Step step, Exception failure)
    {
        await step.Task.ConfigureAwait(false);
        throw failure;
    }

    [AsyncMethodBuilder(typeof(PooledValueTaskMethodBuilder<>))]
    private static async ValueTask<string?> ReadFlowingAsync(Step step)
    {
        Flowing.Value = "method";
        await step.Task.ConfigureAwait(false);
        return Flowing.Value;
    }

    /// <summary>Something to wait for, which goes on with the waiter on the thread that completes it.</summary>
    private sealed class Step : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core;

        internal ValueTask Task => new(this, _core.Version);

        internal void Complete() => _core.SetResult(true);

        internal void Reset() => _core.Reset();

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

        void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
