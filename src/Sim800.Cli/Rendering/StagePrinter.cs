using System.Globalization;

namespace Sim800.Cli.Rendering;

/// <summary>
/// Shows on standard error what is being waited for and for how long: one line a stage. On a terminal a stage that runs
/// is shown too and overwritten when it ends; into a file go the finished lines and the waits.
/// </summary>
internal sealed class StagePrinter(CliHost host, bool isQuiet)
{
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Plain = "\e[0m";
    private const string EraseLine = "\r\e[K";

    private readonly Lock _gate = new();
    private bool _isLineOpen;

    internal void Report(string stage, StageState state, TimeSpan elapsed, string? detail)
    {
        if (isQuiet || (state == StageState.Started && !host.HasColour))
        {
            return;
        }

        var text = $"{stage.ToLowerInvariant(),-8} {FailureText.OneLine(detail ?? Default(state))}";
        lock (_gate)
        {
            if (host.HasColour)
            {
                PrintOnTerminal(text, state, elapsed);
            }
            else
            {
                host.Error.WriteLine($"{text,-60} {Seconds(elapsed)}");
            }
        }
    }

    /// <summary>Leaves an unfinished line behind before something else is written.</summary>
    internal void EndLine()
    {
        lock (_gate)
        {
            if (_isLineOpen)
            {
                host.Error.WriteLine();
                _isLineOpen = false;
            }
        }
    }

    internal static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds,7:0.00} s");

    private static string Default(StageState state) => state == StageState.Completed ? "ready" : "...";

    private void PrintOnTerminal(string text, StageState state, TimeSpan elapsed)
    {
        var colour = state == StageState.Completed ? Green : Yellow;
        host.Error.Write($"{EraseLine}{colour}{text,-60}{Plain} {Seconds(elapsed)}");
        _isLineOpen = state != StageState.Completed;
        if (!_isLineOpen)
        {
            host.Error.WriteLine();
        }
    }
}
