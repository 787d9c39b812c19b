using Microsoft.Extensions.Logging;

namespace Sim800.Cli.Rendering;

/// <summary>The libraries' log on standard error, for <c>--debug</c>.</summary>
internal sealed class StderrLogger(CliHost host, string category, LogLevel minimum) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var time = host.TimeProvider.GetLocalNow();
        var reason = exception is null ? string.Empty : $": {exception.Message}";
        var line = $"{time:HH:mm:ss.fff} {logLevel} {category}[{eventId.Id}] {formatter(state, exception)}{reason}";
        lock (host)
        {
            host.Error.WriteLine(FailureText.OneLine(line));
        }
    }
}
