using System.Text;
using Microsoft.Win32.SafeHandles;
using Sim800.Wording;

namespace Sim800.Cli;

/// <summary>The surroundings a verb runs in: the process's own, or a test's.</summary>
internal sealed record CliHost
{
    /// <summary>Standard input, as bytes: a payload need not be text.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output, for results alone.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error, for progress and complaints.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard error is a terminal that shows colour.</summary>
    public bool HasColour { get; init; }

    /// <summary>Standard output is a terminal: what others wrote must not steer it. Redirected, every byte is kept.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>Standard error is a terminal, which a monitor may draw over.</summary>
    public bool HasScreen { get; init; }

    /// <summary>Columns and lines of the terminal.</summary>
    public Func<(int Width, int Height)> ScreenSize { get; init; } = () => (80, 24);

    /// <summary>Standard input is a terminal, so somebody can be asked.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Environment variables.</summary>
    public required Func<string, string?> Variable { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal static CliHost OfThisProcess() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = OpenOutput(),
        Error = Console.Error,
        HasColour = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        HasTerminal = !Console.IsOutputRedirected,
        HasScreen = !Console.IsErrorRedirected,
        ScreenSize = SizeOfConsole,
        IsInteractive = !Console.IsInputRedirected,
        Variable = Environment.GetEnvironmentVariable,
    };

    /// <summary>A terminal that does not tell its size is taken for the smallest usual one.</summary>
    private static (int Width, int Height) SizeOfConsole() => (Console.WindowWidth, Console.WindowHeight) switch
    {
        ( > 0 and var width, > 0 and var height) => (width, height),
        _ => (80, 24),
    };

    /// <summary>The console's stream does not tell when the reader of a pipe has gone, and <c>sub</c> would wait for ever for nobody.</summary>
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        var descriptor = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return descriptor.CanSeek ? Console.OpenStandardOutput() : descriptor; // in a file, others' positions are to be kept
    }

    /// <summary>Lines as standard output takes them.</summary>
    internal byte[] Encoded(string lines) =>
        Encoding.UTF8.GetBytes((HasTerminal ? string.Join('\n', lines.Split('\n').Select(VisibleText.Of)) : lines) + "\n");

    /// <summary>A line of results, or several.</summary>
    internal async Task WriteLineAsync(string lines)
    {
        await Output.WriteAsync(Encoded(lines)).ConfigureAwait(false);
        await Output.FlushAsync().ConfigureAwait(false);
    }
}
