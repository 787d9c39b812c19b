using System.Globalization;
using Sim800.Modem;
using Sim800.Mqtt;

namespace Sim800.Cli.Rendering;

/// <summary>
/// Shows on standard error what is being waited for and for how long: one line a stage. On a terminal a stage that runs
/// is shown too and overwritten when it ends; into a file go the finished lines and the waits.
/// </summary>
internal sealed class StagePrinter(CliHost host, bool isQuiet) : IProgress<ConnectProgress>, IProgress<ModemProgress>
{
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Plain = "\e[0m";
    private const string EraseLine = "\r\e[K";

    private readonly Lock _gate = new();
    private bool _isLineOpen;

    public void Report(ConnectProgress value) =>
        Report(value.Stage.ToString(), Enum.Parse<StageState>(value.Kind.ToString()), value.Elapsed, value.Detail);

    public void Report(ModemProgress value) =>
        Report(value.Stage.ToString(), Enum.Parse<StageState>(value.Kind.ToString()), value.Elapsed, value.Detail);

    internal void Report(string stage, StageState state, TimeSpan elapsed, string? detail)
    {
        if (isQuiet || (state == StageState.Started && !host.HasColour))
        {
            return;
        }

        var words = state == StageState.Failed ? "failed" : FailureText.OneLine(detail ?? Default(state)); // why comes at the end
        var text = $"{stage.ToLowerInvariant(),-9} {words}";
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

    private static string Default(StageState state) => state == StageState.Completed ? "ready" : "...";

    private void EndLine()
    {
        if (_isLineOpen)
        {
            host.Error.WriteLine();
            _isLineOpen = false;
        }
    }

    private void PrintOnTerminal(string text, StageState state, TimeSpan elapsed)
    {
        var isOver = state is StageState.Completed or StageState.Failed;
        var colour = state switch
        {
            StageState.Completed => Green,
            StageState.Failed => Red,
            _ => Yellow,
        };
        host.Error.Write($"{EraseLine}{colour}{text,-60}{Plain} {Seconds(elapsed)}");
        _isLineOpen = !isOver;
        if (isOver)
        {
            host.Error.WriteLine();
        }
    }
}
