using System.CommandLine;
using Sim800.Cli.Timeline;

namespace Sim800.Cli.Options;

/// <summary><c>--timeline</c>: what every verb with a modem can leave behind to be shown to somebody.</summary>
internal sealed class TimelineOption
{
    private readonly Option<string?> _timeline = new("--timeline")
    {
        Description = "Draw the session into one web page: who was waited for, and when; without secrets, topics and payloads.",
        HelpName = "FILE.html",
    };

    internal void AddTo(Command command) => command.Add(_timeline);

    /// <returns><c>null</c> when none is asked for.</returns>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    internal TimelineFile? Open(ParseResult result, CliHost host, LineSettings line)
    {
        if (result.GetValue(_timeline) is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            return new TimelineFile(path, $"sim800 {result.CommandResult.Command.Name}", line.BaudRate, host.TimeProvider);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--timeline {path}: {e.Message}");
        }
    }
}
