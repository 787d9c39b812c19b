using System.CommandLine;
using System.Text;
using Sim800.Cli.Monitor;

namespace Sim800.Cli.Options;

/// <summary><c>--monitor</c>: shows on standard error how the session goes, while the verb does its work.</summary>
internal sealed class MonitorOption
{
    private readonly Option<bool> _monitor = new("--monitor")
    {
        Description = "Show on standard error how the session goes: state, signal, bytes, messages. A screen on a terminal, a line every ten seconds in a file.",
    };

    internal void AddTo(Command command) => command.Add(_monitor);

    /// <summary>The surroundings of the verb, and what watches it if that is asked for.</summary>
    internal MonitorSession Open(ParseResult result, CliHost host, string title) => result.GetValue(_monitor)
        ? MonitorSession.Beside(host, title)
        : new MonitorSession(host, null, null);
}

/// <summary>A verb's surroundings while it is watched.</summary>
/// <param name="Host">Where the verb writes.</param>
/// <param name="Feed">What is told of everything; <c>null</c> when nobody watches.</param>
/// <param name="Loop">What shows it.</param>
internal sealed record MonitorSession(CliHost Host, MonitorFeed? Feed, MonitorLoop? Loop)
{
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
        var isScreen = host.HasTerminal && !isJson;
        var feed = new MonitorFeed(title, host.TimeProvider, tellsStages: !isScreen);
        var hasColour = isScreen && string.IsNullOrEmpty(host.Variable("NO_COLOR"));
        var output = new MonitorOutput(WriteAsync, host.ScreenSize, isScreen, hasColour, isJson);
        return new MonitorSession(isScreen ? Inside(host, feed) : host, feed, new MonitorLoop(feed, output, host.TimeProvider));

        async Task WriteAsync(string text)
        {
            await host.Output.WriteAsync(Encoding.UTF8.GetBytes(text)).ConfigureAwait(false);
            await host.Output.FlushAsync().ConfigureAwait(false);
        }
    }

    private static CliHost Inside(CliHost host, MonitorFeed feed) => host with
    {
        Error = new FeedWriter(feed),
        HasColour = false,
        Output = host.HasTerminal ? new FeedStream(feed) : host.Output,
    };

    /// <summary>Does the work, shown if somebody watches.</summary>
    internal Task<int> RunAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken) =>
        Loop is null ? work(cancellationToken) : Loop.AroundAsync(work, cancellationToken);
}
