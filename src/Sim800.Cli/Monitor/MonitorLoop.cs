using System.Text;

namespace Sim800.Cli.Monitor;

/// <summary>Shows a feed once a second for as long as a session runs: a screen on a terminal, else lines or JSON.</summary>
internal sealed class MonitorLoop(MonitorFeed feed, MonitorOutput output, TimeProvider clock)
{
    private const string EnterScreen = "\e[?1049h\e[?25l";
    private const string LeaveScreen = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EraseRestOfLine = "\e[K";
    private const string EraseRestOfScreen = "\e[J";
    private const int SecondsPerQuestion = 10;
    private const int SecondsPerLine = 10;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Does <paramref name="work"/> and shows meanwhile how it goes.</summary>
    internal async Task<int> AroundAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await output.WriteAsync(output.IsScreen ? EnterScreen : "").ConfigureAwait(false);
        var showing = ShowAsync(over.Token);
        var asking = AskAsync(over.Token);
        try
        {
            return await work(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await output.WriteAsync(output.IsScreen ? LeaveScreen : "").ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Second, clock);
        for (var second = 0; ; second++)
        {
            if (output.IsScreen)
            {
                await output.WriteAsync(Screen()).ConfigureAwait(false);
            }
            else if (output.IsJson)
            {
                await output.WriteAsync(feed.Look().ToJson() + "\n").ConfigureAwait(false);
            }
            else if (second % SecondsPerLine == 0)
            {
                await output.WriteAsync(feed.Look().ToLine() + "\n").ConfigureAwait(false);
            }

            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Second, clock);
        for (var left = 1; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);)
        {
            left--;
            if (left <= 0 && feed.HasModem)
            {
                await feed.AskAsync(cancellationToken).ConfigureAwait(false);
                left = SecondsPerQuestion;
            }
        }
    }

    private string Screen()
    {
        var (width, height) = output.Size();
        var screen = new StringBuilder(Home);
        var lines = MonitorView.Draw(feed.Look(), width, height, output.HasColour);
        for (var i = 0; i < lines.Length; i++)
        {
            screen.Append(lines[i]).Append(EraseRestOfLine).Append(i < lines.Length - 1 ? "\r\n" : "");
        }

        return screen.Append(EraseRestOfScreen).ToString();
    }
}

/// <summary>Where a monitor goes.</summary>
/// <param name="WriteAsync">Writes text at once.</param>
/// <param name="Size">Columns and lines of the screen.</param>
/// <param name="IsScreen">It is a terminal, and drawn over.</param>
/// <param name="HasColour">It shows colour.</param>
/// <param name="IsJson">One object a second.</param>
internal sealed record MonitorOutput(Func<string, Task> WriteAsync, Func<(int Width, int Height)> Size, bool IsScreen, bool HasColour, bool IsJson);
