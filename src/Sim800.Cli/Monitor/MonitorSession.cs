using Sim800.Cli.Diagnosis;
using Sim800.Cli.Rendering;
using Sim800.Modem;

namespace Sim800.Cli.Monitor;

/// <summary>A verb's surroundings while it is watched.</summary>
/// <param name="Host">Where the verb writes.</param>
/// <param name="Feed">What is told of everything; <c>null</c> when nobody can watch.</param>
/// <param name="Loop">What shows it here; <c>null</c> when it is at most shown elsewhere.</param>
internal sealed record MonitorSession(CliHost Host, MonitorFeed? Feed, MonitorLoop? Loop)
{
    private static readonly TimeSpan PerQuestion = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The device that others find the session by; <c>null</c> when it is not shared.</summary>
    internal string? SharedAs { get; init; }

    /// <summary>The verb need not tell what the monitor tells.</summary>
    internal bool IsShown => Loop is not null;

    /// <summary>On standard error, beside the verb's results. What would draw over the screen is shown in it.</summary>
    internal static MonitorSession Beside(CliHost host, string title)
    {
        var feed = new MonitorFeed(title, host.TimeProvider, tellsStages: !host.HasScreen);
        var output = new MonitorOutput(host.Error.WriteAsync, host.ScreenSize, host.HasScreen, host.HasColour, IsJson: false);
        return new MonitorSession(host.HasScreen ? Inside(host, feed) : host, feed, new MonitorLoop(feed, output, host.TimeProvider));
    }

    /// <summary>On standard output, as the one result there is.</summary>
    internal static MonitorSession Alone(CliHost host, string title, bool isJson)
    {
        var output = MonitorOutput.Alone(host, isJson);
        var feed = new MonitorFeed(title, host.TimeProvider, tellsStages: !output.IsScreen);
        return new MonitorSession(output.IsScreen ? Inside(host, feed) : host, feed, new MonitorLoop(feed, output, host.TimeProvider));
    }

    /// <summary>Not here, for those who attach.</summary>
    internal static MonitorSession Elsewhere(CliHost host, string title) =>
        new(host, new MonitorFeed(title, host.TimeProvider, tellsStages: true), Loop: null);

    /// <summary>Who hears of the modem's events: the monitor, and the user unless it is shown to him.</summary>
    internal IProgress<ModemEvent> Events(StagePrinter printer)
    {
        var warning = new SupplyWatch(printer.Warn);
        return Feed is null ? warning : IsShown ? Feed : new Both(Feed, warning);
    }

    /// <summary>Does the work, watched as was asked for.</summary>
    /// <exception cref="IOException">The session cannot be shared.</exception>
    internal async Task<int> RunAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        if (Feed is not { } feed)
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }

        using var share = SharedAs is { } device ? MonitorShare.Open(feed, Host, device) : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sharing = share?.RunAsync(over.Token) ?? Task.CompletedTask;
        var asking = AskAsync(feed, () => IsShown || share is { IsWatched: true }, over.Token);
        try
        {
            return await (Loop is null ? work(cancellationToken) : Loop.AroundAsync(work, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await sharing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static CliHost Inside(CliHost host, MonitorFeed feed) => host with
    {
        Error = new FeedWriter(feed),
        HasColour = false,
        Output = host.HasTerminal ? new FeedStream(feed) : host.Output,
    };

    /// <summary>Asks the modem now and then while somebody watches.</summary>
    private async Task AskAsync(MonitorFeed feed, Func<bool> isWatched, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Second, Host.TimeProvider);
        DateTimeOffset? asked = null;
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (isWatched() && feed.HasModem && !(Host.TimeProvider.GetUtcNow() - asked < PerQuestion))
            {
                await feed.AskAsync(cancellationToken).ConfigureAwait(false);
                asked = Host.TimeProvider.GetUtcNow();
            }
        }
    }

    private sealed class Both(IProgress<ModemEvent> first, IProgress<ModemEvent> second) : IProgress<ModemEvent>
    {
        public void Report(ModemEvent value)
        {
            first.Report(value);
            second.Report(value);
        }
    }
}
