using System.CommandLine;
using Sim800.Cli.Diagnosis;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 info</c>: what the modem says of itself, its SIM card, the network, its supply and the time.</summary>
internal static class InfoVerb
{
    internal static Command Build(CliHost host)
    {
        var command = new Command("info", "Identity, SIM card, network, signal, supply and time of the modem.");
        var line = new LineOptions();
        var common = new CommonOptions();
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        command.Add(json);
        line.AddTo(command);
        common.AddTo(command);
        command.Runs(host, async (result, cancellationToken) =>
        {
            using var log = common.Log(result, host);
            var settings = line.Read(result, host);
            var printer = common.Printer(result, host);
            using var page = common.Timeline(result, host, settings);
            var options = Composition.Modem(settings, host, log, printer, new SupplyWatch(printer.Warn)).Drawn(page) with { OpenUntil = Sim800Stage.Modem };
            var modem = await CellularModem.OpenAsync(settings.Device, options, cancellationToken).ConfigureAwait(false);
            await using (modem.ConfigureAwait(false))
            {
                var report = await ModemReport.ReadAsync(modem, cancellationToken).ConfigureAwait(false);
                await host.WriteLineAsync(result.GetValue(json) ? report.ToJson() : report.ToText()).ConfigureAwait(false);
                return ExitCode.Success;
            }
        });
        return command;
    }
}
