using Sim800.Mqtt.Client;

namespace Sim800.Mqtt.Tests.Client;

public sealed class StatusFeedTests
{
    private readonly Lock _gate = new();
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_watcher_sees_the_status_now_and_every_change_until_the_end()
    {
        var board = new StatusFeed(_gate, _clock);
        var reason = new IOException("lost");
        await using var watcher = board.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await watcher.MoveNextAsync());
        Assert.Equal(MqttClientState.Connecting, watcher.Current.State);

        Change(board.Connected);
        _clock.Advance(TimeSpan.FromSeconds(5));
        board.Waiting(reason, MqttFailureClass.Persistent, 3, TimeSpan.FromSeconds(4), "Tcp");
        board.Connecting();
        Change(board.Connected);
        Change(() => board.Close(reason: null));
        board.Connecting();

        var seen = new List<MqttClientStatus>();
        while (await watcher.MoveNextAsync())
        {
            seen.Add(watcher.Current);
        }

        Assert.Equal(
            [
                MqttClientState.Connected, MqttClientState.Waiting, MqttClientState.Connecting, MqttClientState.Connected,
                MqttClientState.Closed,
            ],
            seen.Select(status => status.State));
        Assert.Equal((reason, 3, TimeSpan.FromSeconds(4), "Tcp"), (seen[1].Reason, seen[1].Failures, seen[1].RetryAfter, seen[1].Stage));
        Assert.Equal([null, MqttFailureClass.Persistent, MqttFailureClass.Persistent, MqttFailureClass.Persistent, null], seen.Select(status => status.Failure));
        Assert.Equal(TimeSpan.FromSeconds(5), seen[1].Since - seen[0].Since);
        Assert.Equal(seen[1].Since + TimeSpan.FromSeconds(4), seen[1].NextAttempt);
        Assert.Null(seen[2].NextAttempt);
        Assert.Same(reason, seen[3].Reason);
        Assert.Equal(2, seen[4].Connections);
        Assert.Same(seen[4], board.Current);
    }

    [Fact(Timeout = 120_000)]
    public async Task Whoever_comes_after_the_end_sees_the_end()
    {
        var board = new StatusFeed(_gate, _clock);
        Change(() => board.Close(new IOException("over")));

        var seen = new List<MqttClientStatus>();
        await foreach (var status in board.WatchAsync(Token))
        {
            seen.Add(status);
        }

        Assert.Equal("over", Assert.Single(seen).Reason!.Message);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_slow_watcher_misses_steps_and_never_the_last()
    {
        var board = new StatusFeed(_gate, _clock);
        await using var watcher = board.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await watcher.MoveNextAsync());
        for (var change = 0; change < 1000; change++)
        {
            Change(board.Connected);
        }

        Change(() => board.Close(reason: null));

        var last = watcher.Current;
        var count = 0;
        while (await watcher.MoveNextAsync())
        {
            (last, count) = (watcher.Current, count + 1);
        }

        Assert.Equal(MqttClientState.Closed, last.State);
        Assert.InRange(count, 1, 32);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_watcher_that_leaves_is_forgotten()
    {
        var board = new StatusFeed(_gate, _clock);
        for (var visit = 0; visit < 3; visit++)
        {
            await foreach (var status in board.WatchAsync(Token))
            {
                Assert.Equal(MqttClientState.Connecting, status.State);
                break;
            }
        }

        Assert.Equal(0, board.Watchers);
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
        }
    }
}
