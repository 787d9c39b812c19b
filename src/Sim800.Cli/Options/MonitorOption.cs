using System.CommandLine;
using Sim800.Cli.Monitor;

namespace Sim800.Cli.Options;

/// <summary><c>--monitor</c> and <c>--share-monitor</c>: how the session goes, shown on standard error while the verb does its work, or elsewhere to who attaches.</summary>
internal sealed class MonitorOption
{
    private readonly Option<bool> _monitor = new("--monitor")
    {
        Description = "Show on standard error how the session goes: state, signal, bytes, messages. A screen on a terminal, a line every ten seconds in a file.",
    };

    private readonly Option<bool> _share = new("--share-monitor")
    {
        Description = "Let 'sim800 monitor --attach' of the same user watch the session from another terminal; without secrets and payloads.",
    };

    /// <summary>The monitor itself need not be told to show.</summary>
    internal void AddTo(Command command)
    {
        if (command.Name is not "monitor")
        {
            command.Add(_monitor);
        }

        command.Add(_share);
    }

    /// <summary>The surroundings of the verb, and what watches it if that is asked for.</summary>
    internal MonitorSession Open(ParseResult result, CliHost host, LineSettings line, string title)
    {
        var isShared = result.GetValue(_share);
        var session = result.GetValue(_monitor) ? MonitorSession.Beside(host, title)
            : isShared ? MonitorSession.Elsewhere(host, title)
            : new MonitorSession(host, null, null);
        return Shared(result, session, line);
    }

    /// <summary>The session, shared if that is asked for.</summary>
    internal MonitorSession Shared(ParseResult result, MonitorSession session, LineSettings line) =>
        session with { SharedAs = result.GetValue(_share) ? line.Device : null };
}
