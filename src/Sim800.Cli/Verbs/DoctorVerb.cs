using System.Collections.Concurrent;
using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Sim800.Cli.Diagnosis;
using Sim800.Cli.Options;
using Sim800.Cli.Rendering;
using Sim800.Cli.Timeline;
using Sim800.Modem;
using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>
/// <c>sim800 doctor</c>: climbs from the serial line to the MQTT session, names the first rung that breaks and what to do.
/// The exit code is 10 for the line, 11 for the modem, and so on.
/// </summary>
internal sealed class DoctorVerb(CliHost host)
{
    /// <summary>Below this many dBm a data connection becomes a matter of luck.</summary>
    private const int WeakSignal = -97;

    /// <summary>Below this many millivolt a transmit burst can reset the modem.</summary>
    private const int LowSupply = 3600;

    private readonly LineOptions _line = new();
    private readonly BrokerOptions _broker = new();
    private readonly CommonOptions _common = new();
    private readonly ConnectTimeoutOption _connectTimeout = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    private readonly Option<bool> _networks = new("--networks")
    {
        Description = "When no network takes the card, ask which ones are heard (AT+COPS=?), which takes up to three minutes.",
    };

    internal static Command Build(CliHost host)
    {
        var verb = new DoctorVerb(host);
        var command = new Command("doctor", "Climb from the serial line to the MQTT session and name the first rung that breaks.");
        command.Add(verb._json);
        command.Add(verb._networks);
        verb._broker.AddTo(command);
        verb._line.AddTo(command);
        verb._common.AddTo(command);
        verb._connectTimeout.AddTo(command);
        command.Runs(host, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var log = _common.Log(result, host);
        var line = _line.Read(result, host);
        var broker = _broker.ReadIfGiven(result, host);
        using var page = _common.Timeline(result, host, line);
        var isJson = result.GetValue(_json);
        var printer = _common.Printer(result, host);
        var ladder = new Ladder(isJson ? null : rung => Print(printer, rung));
        var progress = new DoctorProgress(ladder, printer, line);
        var notes = new List<string>();
        var supply = new ConcurrentQueue<string>(); // told by the modem's own tasks
        if (broker is { Tls.IsInsecure: true })
        {
            notes.Add(TlsSettings.InsecureWarning);
        }

        try
        {
            Task ClimbUntilAsync(CancellationToken stopping) => ClimbAsync(line, broker, progress, notes, supply, log, page, stopping);
            await ConnectTimeoutOption.RunAsync(_connectTimeout.Read(result), host.TimeProvider, ClimbUntilAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            ladder.Break(e);
            if (e is ModemRegistrationException && result.GetValue(_networks))
            {
                notes.Add(await HeardAsync(line, printer, log, cancellationToken).ConfigureAwait(false));
            }
        }

        notes.AddRange(supply);
        foreach (var text in isJson ? [ladder.ToJson(notes)] : notes.Select(note => $"note  {FailureText.OneLine(note)}"))
        {
            await host.WriteLineAsync(text).ConfigureAwait(false);
        }

        return ladder.Broken is { } broken ? ExitCode.FirstRung + (int)broken.Stage : ExitCode.Success;
    }

    private async Task ClimbAsync(
        LineSettings line,
        BrokerSettings? broker,
        DoctorProgress progress,
        List<string> notes,
        ConcurrentQueue<string> supply,
        ILoggerFactory log,
        TimelineFile? page,
        CancellationToken cancellationToken)
    {
        var options = Composition.Modem(line, host, log, progress, new SupplyWatch(supply.Enqueue)).Drawn(page);
        var modem = await CellularModem.OpenAsync(line.Device, options, cancellationToken).ConfigureAwait(false);
        await using (modem.ConfigureAwait(false))
        {
            notes.AddRange(Notes(await ModemReport.ReadAsync(modem, cancellationToken).ConfigureAwait(false)));
            if (await AdapterLatency.NoteAsync(modem, line.Device, host.TimeProvider, cancellationToken).ConfigureAwait(false) is { } slow)
            {
                notes.Add(slow);
            }

            await modem.AttachAsync(cancellationToken).ConfigureAwait(false);
            if (broker is null)
            {
                notes.Add("no broker is named: give -h HOST to climb on to TCP, TLS and MQTT");
                return;
            }

            var clientOptions = Composition.Client(line, broker, host, log, progress).Drawn(page) with { Reconnect = new Sim800ReconnectOptions { Enabled = false } };
            var client = await Sim800MqttClient.ConnectAsync(modem, clientOptions, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                await client.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A modem that is not registered can listen all the same.</summary>
    private async Task<string> HeardAsync(LineSettings line, StagePrinter printer, ILoggerFactory log, CancellationToken cancellationToken)
    {
        printer.Say("network   listens for networks (AT+COPS=?): up to three minutes");
        try
        {
            var options = Composition.Modem(line, host, log) with { OpenUntil = Sim800Stage.Modem };
            var modem = await CellularModem.OpenAsync(line.Device, options, cancellationToken).ConfigureAwait(false);
            await using (modem.ConfigureAwait(false))
            {
                var heard = await modem.Network.ListOperatorsAsync(cancellationToken).ConfigureAwait(false);
                return heard.Count == 0
                    ? "no network is heard: check the antenna, and whether any operator here still has a network for this modem: a SIM800 needs 2G"
                    : "networks heard: " + string.Join(", ", heard.Select(one => $"{one.Name} ({one.Code}, {one.Status})"));
            }
        }
        catch (ModemException e)
        {
            return $"which networks are heard could not be asked: {FailureText.Happened(e)}";
        }
    }

    private static IEnumerable<string> Notes(ModemReport report)
    {
        if ((report.Identity.Model ?? report.Identity.Product) is { } model)
        {
            yield return $"{model}, firmware {report.Identity.Firmware ?? "unknown"}";
        }

        foreach (var trouble in report.Identity.KnownTroubles)
        {
            yield return trouble;
        }

        if (report.SignalDbm is { } dbm)
        {
            var advice = dbm < WeakSignal ? ", which is weak: move the antenna" : string.Empty;
            yield return string.Create(CultureInfo.InvariantCulture, $"signal {dbm} dBm{advice}");
        }
        else
        {
            yield return "signal unknown: check the antenna and its plug";
        }

        if (report.Battery is { } battery)
        {
            var advice = battery.Millivolts < LowSupply ? ", which is low: the modem draws 2 A in bursts and resets below 3.4 V" : string.Empty;
            yield return string.Create(CultureInfo.InvariantCulture, $"supply {battery.Volts:0.00} V{advice}");
        }
    }

    /// <summary>At once: the next rung may take minutes.</summary>
    private void Print(StagePrinter printer, string line)
    {
        printer.GiveWay();
        host.Output.Write(host.Encoded(line));
        host.Output.Flush();
    }

    /// <summary>The ladder gets what is climbed, and whoever watches is told what is waited for.</summary>
    private sealed class DoctorProgress(Ladder ladder, StagePrinter printer, LineSettings line) : IProgress<Sim800Progress>
    {
        private Sim800Stage? _started;

        public void Report(Sim800Progress value)
        {
            ladder.Report(value);
            if (value.Kind is Sim800ProgressKind.Started)
            {
                if (_started == value.Stage)
                {
                    return; // the modem tells of a connection, and the client that has asked for it
                }

                _started = value.Stage;
                printer.Say($"{value.Stage.ToString().ToLowerInvariant(),-9} {StageLimits.Of(value.Stage, line)}");
            }
            else if (value.Kind is Sim800ProgressKind.Waiting)
            {
                printer.Report(value);
            }
        }
    }
}
