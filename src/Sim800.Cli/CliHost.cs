using System.Text;

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

    /// <summary>Standard input is a terminal, so somebody can be asked.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Environment variables.</summary>
    public required Func<string, string?> Variable { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal static CliHost OfThisProcess() => new()
    {
        Input = Console.OpenStandardInput(),
        Output = Console.OpenStandardOutput(),
        Error = Console.Error,
        HasColour = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        IsInteractive = !Console.IsInputRedirected,
        Variable = Environment.GetEnvironmentVariable,
    };

    /// <summary>A line of results.</summary>
    internal async Task WriteLineAsync(string line)
    {
        await Output.WriteAsync(Encoding.UTF8.GetBytes(line + "\n")).ConfigureAwait(false);
        await Output.FlushAsync().ConfigureAwait(false);
    }
}
