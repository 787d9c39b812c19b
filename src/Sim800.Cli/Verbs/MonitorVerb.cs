using System.CommandLine;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 monitor</c>: shows how the modem is, and with a broker how an MQTT session through it goes.</summary>
internal sealed class MonitorVerb(CliHost host)
{
    private readonly SessionVerb _session = new(host);
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a second." };
    private readonly Option<double?> _seconds = new("--seconds") { Description = "How long to watch; until Ctrl-C by default.", HelpName = "SECONDS" };

    internal static Command Build(CliHost host)
    {
        var verb = new MonitorVerb(host);
        var command = new Command("monitor", "Show how the modem and the session are: state, signal, supply, bytes, messages, reconnects.");
        command.Add(verb._json);
        command.Add(verb._seconds);
        verb._session.AddTo(command);
        command.Runs(host, verb.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var line = _session.Line(result);
        var broker = _session.BrokerIfGiven(result);
        var title = broker is null ? $"{line}" : $"{line} to {broker.Host}:{broker.Port}";
        var session = MonitorSession.Alone(host, title, result.GetValue(_json));
        var limit = result.Seconds(_seconds, most: 86_400) ?? Timeout.InfiniteTimeSpan;
        return broker is null
            ? session.RunAsync(stopping => WatchModemAsync(result, line, session, limit, stopping), cancellationToken)
            : _session.RunAsync(result, broker, session, (_, stopping) => WaitAsync(limit, stopping), cancellationToken);
    }

    private async Task<int> WatchModemAsync(ParseResult result, LineSettings line, MonitorSession session, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var log = _session.Log(result);
        using var page = _session.Timeline(result, line);
        var printer = _session.Printer(result, session.Host);
        var options = Composition.Modem(line, host, log, printer, session.Feed).Drawn(page).Watched(session.Feed);
        var modem = await CellularModem.OpenAsync(line.Device, options, cancellationToken).ConfigureAwait(false);
        await using (modem.ConfigureAwait(false))
        {
            session.Feed!.Modem = modem;
            return await WaitAsync(limit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await Task.Delay(limit, host.TimeProvider, cancellationToken).ConfigureAwait(false);
        return ExitCode.Success;
    }
}
