namespace Sim800.Cli.Monitor;

/// <summary>Shows a feed once a second for as long as a session runs.</summary>
internal sealed class MonitorLoop(MonitorFeed feed, MonitorOutput output, TimeProvider clock)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MonitorDisplay _display = new(output);

    /// <summary>Does <paramref name="work"/> and shows meanwhile how it goes.</summary>
    internal async Task<int> AroundAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await _display.EnterAsync().ConfigureAwait(false);
        var showing = ShowAsync(over.Token);
        try
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _display.LeaveAsync().ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        var pace = new MonitorPace();
        using var timer = new PeriodicTimer(Second, clock);
        while (true)
        {
            await _display.ShowAsync(feed.Look(pace)).ConfigureAwait(false);
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
