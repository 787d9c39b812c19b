using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Sim800.Cli.Diagnosis;
using Sim800.Cli.Options;
using Sim800.Modem;
using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>
/// <c>sim800 doctor</c>: climbs from the serial line to the MQTT session, names the first rung that breaks and what to do.
/// The exit code is 10 for the line, 11 for the modem, and so on.
/// </summary>
internal sealed class DoctorVerb(CliHost host)
{
    /// <summary>Below this many dBm GPRS becomes a matter of luck.</summary>
    private const int WeakSignal = -97;

    /// <summary>Below this many millivolt a transmit burst can reset the modem.</summary>
    private const int LowSupply = 3600;

    private readonly LineOptions _line = new();
    private readonly BrokerOptions _broker = new();
    private readonly CommonOptions _common = new();
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    internal static Command Build(CliHost host)
    {
        var verb = new DoctorVerb(host);
        var command = new Command("doctor", "Climb from the serial line to the MQTT session and name the first rung that breaks.");
        command.Add(verb._json);
        verb._broker.AddTo(command);
        verb._line.AddTo(command);
        verb._common.AddTo(command);
        command.Runs(host, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var log = _common.Log(result, host);
        var line = _line.Read(result, host);
        var broker = _broker.ReadIfGiven(result, host);
        var ladder = new Ladder();
        var notes = new List<string>();
        if (broker is { Tls.IsInsecure: true })
        {
            notes.Add(TlsSettings.InsecureWarning);
        }

        try
        {
            await ClimbAsync(line, broker, ladder, notes, log, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            ladder.Break(e);
        }

        await host.WriteLineAsync(result.GetValue(_json) ? ladder.ToJson(notes) : ladder.ToText(notes)).ConfigureAwait(false);
        return ladder.Broken is { } broken ? ExitCode.FirstRung + (int)broken.Stage : ExitCode.Success;
    }

    private async Task ClimbAsync(
        LineSettings line, BrokerSettings? broker, Ladder ladder, List<string> notes, ILoggerFactory log, CancellationToken cancellationToken)
    {
        var options = Composition.Modem(line, host, log, ladder);
        var modem = await Sim800Modem.OpenAsync(line.Device, options, cancellationToken).ConfigureAwait(false);
        await using (modem.ConfigureAwait(false))
        {
            notes.AddRange(Notes(await ModemReport.ReadAsync(modem, cancellationToken).ConfigureAwait(false)));
            await modem.AttachAsync(cancellationToken).ConfigureAwait(false);
            if (broker is null)
            {
                notes.Add("no broker is named: give -h HOST to climb on to TCP, TLS and MQTT");
                return;
            }

            var clientOptions = Composition.Client(line, broker, host, log, ladder) with { Reconnect = new Sim800ReconnectOptions { Enabled = false } };
            var client = await Sim800MqttClient.ConnectAsync(modem, clientOptions, cancellationToken).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                await client.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<string> Notes(ModemReport report)
    {
        if (report.Identity is { } identity)
        {
            yield return $"{identity.Model}, firmware {identity.Firmware}";
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
}
