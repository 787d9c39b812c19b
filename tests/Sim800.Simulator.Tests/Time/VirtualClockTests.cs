using System.Diagnostics;

namespace Sim800.Simulator.Tests.Time;

public sealed class VirtualClockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Years_pass_in_an_instant_and_exactly()
    {
        using var clock = new VirtualClock();
        for (var step = 0; step < 20; step++)
        {
            await Task.Delay(TimeSpan.FromDays(45), clock, Token); // the test's time-out is what waiting would meet
        }

        Assert.Equal(TimeSpan.FromDays(900), clock.Elapsed);
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(900), clock.GetUtcNow());
    }

    [Fact(Timeout = 120_000)]
    public async Task Timers_fire_in_the_order_of_their_time()
    {
        using var clock = new VirtualClock();
        var order = new List<int>();
        using (clock.Hold())
        {
            var timers = new[] { 30, 10, 20 }.Select(due => clock.CreateTimer(_ => order.Add(due), null, TimeSpan.FromSeconds(due), Timeout.InfiniteTimeSpan)).ToArray();
            Assert.Equal(3, timers.Length);
        }

        await Task.Delay(TimeSpan.FromSeconds(40), clock, Token);
        Assert.Equal([10, 20, 30], order);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_periodic_timer_keeps_its_period_and_stops_when_it_is_disposed()
    {
        using var clock = new VirtualClock();
        var ticks = new List<double>();
        var timer = clock.CreateTimer(_ => ticks.Add(clock.Elapsed.TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        await Task.Delay(TimeSpan.FromSeconds(6), clock, Token);
        await timer.DisposeAsync();
        await Task.Delay(TimeSpan.FromSeconds(6), clock, Token);
        Assert.Equal([1, 3, 5], ticks);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_clock_stands_still_while_work_is_being_done()
    {
        using var clock = new VirtualClock();
        var fired = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = clock.CreateTimer(_ => fired.TrySetResult(clock.Elapsed), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        await Task.Run(
            () =>
            {
                var watch = Stopwatch.StartNew();
                while (watch.ElapsedMilliseconds < 100)
                {
                    Assert.Equal(TimeSpan.Zero, clock.Elapsed);
                }
            },
            Token);
        Assert.Equal(TimeSpan.FromSeconds(5), await fired.Task.WaitAsync(Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task Held_the_clock_waits()
    {
        using var clock = new VirtualClock();
        var delay = Task.Delay(TimeSpan.FromSeconds(1), clock, Token);
        var hold = clock.Hold();
        var before = clock.Elapsed;
        await Task.Run(() => Thread.SpinWait(1000), Token);
        Assert.Equal(before, clock.Elapsed);
        hold.Dispose();
        hold.Dispose();
        await delay;
        Assert.Equal(TimeSpan.FromSeconds(1), clock.Elapsed);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_timeout_of_the_framework_takes_its_time_from_the_clock()
    {
        using var clock = new VirtualClock();
        var never = new TaskCompletionSource();
        await Assert.ThrowsAsync<TimeoutException>(() => never.Task.WaitAsync(TimeSpan.FromHours(3), clock, Token));
        Assert.Equal(TimeSpan.FromHours(3), clock.Elapsed);
    }
}
