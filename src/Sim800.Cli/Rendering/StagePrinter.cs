using System.Globalization;
using Sim800.Modem;

namespace Sim800.Cli.Rendering;

/// <summary>
/// Shows on standard error what is being waited for and for how long: one line a stage. On a terminal a stage that runs
/// is shown too and overwritten when it ends; into a file go the finished lines and the waits.
/// </summary>
internal sealed class StagePrinter(CliHost host, bool isQuiet) : IProgress<Sim800Progress>
{
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Plain = "\e[0m";
    private const string EraseLine = "\r\e[K";

    private readonly Lock _gate = new();
    private bool _isLineOpen;

    public void Report(Sim800Progress value)
    {
        if (isQuiet || (value.Kind == Sim800ProgressKind.Started && !host.HasColour))
        {
            return;
        }

        var words = value.Kind == Sim800ProgressKind.Failed
            ? "failed" // why comes at the end
            : FailureText.OneLine(value.Detail ?? Default(value.Kind));
        var text = $"{value.Stage.ToString().ToLowerInvariant(),-9} {words}";
        lock (_gate)
        {
            if (host.HasColour)
            {
                PrintOnTerminal(text, value);
            }
            else
            {
                host.Error.WriteLine($"{text,-60} {Seconds(value.Elapsed)}");
            }
        }
    }

    /// <summary>A line of its own, such as what was subscribed to.</summary>
    internal void Say(string text)
    {
        if (isQuiet)
        {
            return;
        }

        lock (_gate)
        {
            EndLine();
            host.Error.WriteLine(FailureText.OneLine(text));
        }
    }

    /// <summary>A line that is to be overwritten goes, since somebody else has a line for the terminal.</summary>
    internal void GiveWay()
    {
        lock (_gate)
        {
            if (_isLineOpen)
            {
                host.Error.Write(EraseLine);
                _isLineOpen = false;
            }
        }
    }

    /// <summary>What nobody should overlook, whether quiet or not.</summary>
    internal void Warn(string text)
    {
        lock (_gate)
        {
            EndLine();
            host.Error.WriteLine(host.HasColour ? $"{Yellow}sim800: {text}{Plain}" : $"sim800: {text}");
        }
    }

    internal static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds,7:0.00} s");

    private static string Default(Sim800ProgressKind kind) => kind == Sim800ProgressKind.Completed ? "ready" : "...";

    private void EndLine()
    {
        if (_isLineOpen)
        {
            host.Error.WriteLine();
            _isLineOpen = false;
        }
    }

    private void PrintOnTerminal(string text, in Sim800Progress value)
    {
        var isOver = value.Kind is Sim800ProgressKind.Completed or Sim800ProgressKind.Failed;
        var colour = value.Kind switch
        {
            Sim800ProgressKind.Completed => Green,
            Sim800ProgressKind.Failed => Red,
            _ => Yellow,
        };
        host.Error.Write($"{EraseLine}{colour}{text,-60}{Plain} {Seconds(value.Elapsed)}");
        _isLineOpen = !isOver;
        if (isOver)
        {
            host.Error.WriteLine();
        }
    }
}
