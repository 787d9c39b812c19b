using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using Sim800.Cli.Monitor;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 monitor</c>: shows how the modem is, and with a broker how an MQTT session through it goes.</summary>
internal sealed class MonitorVerb(CliHost host)
{
    private readonly SessionVerb _session = new(host);
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a second." };
    private readonly Option<string?> _attach = new("--attach")
    {
        Description = "Watch a session that runs with --share-monitor in another process: the only one, or that of this device, process or socket.",
        HelpName = "PATH|PID",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<double?> _seconds = new("--seconds") { Description = "How long to watch; until Ctrl-C by default.", HelpName = "SECONDS" };

    internal static Command Build(CliHost host)
    {
        var verb = new MonitorVerb(host);
        var command = new Command("monitor", "Show how the modem and the session are: state, signal, supply, bytes, messages, reconnects.");
        command.Add(verb._json);
        command.Add(verb._seconds);
        verb._attach.CompletionSources.Add(_ => SharedSessions.Find(host).Select(one => new CompletionItem(one.Process.ToString(CultureInfo.InvariantCulture), detail: one.Device)));
        command.Add(verb._attach);
        verb._session.AddTo(command);
        command.Runs(host, verb.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken) =>
        result.GetResult(_attach) is null ? WatchAsync(result, cancellationToken) : AttachAsync(result, cancellationToken);

    private async Task<int> AttachAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(given => !given.Implicit && given.Option != _attach && given.Option != _json && given.Option != _seconds) is { } other)
        {
            throw new UsageException($"--attach watches a session that has its modem: {other.Option.Name} says nothing to it; only --json and --seconds go along.");
        }

        var session = SharedSessions.Choose(host, result.GetValue(_attach));
        using var over = new CancellationTokenSource(Limit(result), host.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            await new AttachedMonitor(session, MonitorOutput.Alone(host, result.GetValue(_json)), host.TimeProvider).RunAsync(either.Token).ConfigureAwait(false);
            await host.Error.WriteLineAsync($"sim800: {session} has ended").ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Success; // as long as was asked for
        }
    }

    private TimeSpan Limit(ParseResult result) => result.Seconds(_seconds, most: 86_400) ?? Timeout.InfiniteTimeSpan;

    private Task<int> WatchAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var line = _session.Line(result);
        var broker = _session.BrokerIfGiven(result);
        var title = broker is null ? $"{line}" : $"{line} to {broker.Host}:{broker.Port}";
        var session = _session.Shared(result, MonitorSession.Alone(host, title, result.GetValue(_json)), line);
        var limit = Limit(result);
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
