using System.CommandLine;
using System.Globalization;
using Sim800.Cli.Diagnosis;
using Sim800.Cli.Options;
using Sim800.Cli.Rendering;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 sms</c>, <c>ussd</c> and <c>location</c>: what a network offers beside data.</summary>
internal sealed class ServiceVerbs(CliHost host)
{
    private const string Unreadable = "cannot be read: ";

    private readonly LineOptions _line = new();
    private readonly CommonOptions _common = new();

    internal static IEnumerable<Command> Build(CliHost host) => [Sms(host), new ServiceVerbs(host).Ussd(), new ServiceVerbs(host).Location()];

    private static Command Sms(CliHost host)
    {
        var command = new Command("sms", "Short messages in the modem's store.")
        {
            new ServiceVerbs(host).List(),
            new ServiceVerbs(host).Delete(),
            new ServiceVerbs(host).Send(),
        };
        return command;
    }

    private Command List() => Make(
        new Command("list", "List what lies in the store, place by place, also what cannot be read: it takes places that new messages need."),
        Sim800Stage.Sim,
        async (modem, _, cancellationToken) =>
        {
            foreach (var stored in await modem.Messages.ListStoredAsync(cancellationToken).ConfigureAwait(false))
            {
                await host.WriteLineAsync(FailureText.OneLine(Shown(stored))).ConfigureAwait(false);
            }
        });

    private Command Delete()
    {
        var places = new Argument<string[]>("places") { Description = "As 'sms list' shows them, such as 3 or ME:3.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("delete", "Delete what lies at these places of the store, whatever it is.") { places };
        return Make(command, Sim800Stage.Sim, async (modem, result, cancellationToken) =>
        {
            var listed = await modem.Messages.ListStoredAsync(cancellationToken).ConfigureAwait(false);
            var found = result.GetValue(places)!.Select(place =>
                listed.FirstOrDefault(stored => string.Equals(PlaceOf(stored), place, StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"There is nothing at place '{place}': 'sms list' shows what there is.")).ToArray();
            foreach (var stored in found)
            {
                await modem.Messages.DeleteAsync(stored, cancellationToken).ConfigureAwait(false);
            }
        });
    }

    private Command Send()
    {
        var number = new Argument<string>("number") { Description = "Such as +491701234567." };
        var text = new Argument<string>("text") { Description = "Any text; a long one is sent, and charged, as several messages." };
        var command = new Command("send", "Send a text.") { number, text };
        return Make(command, Sim800Stage.Network, async (modem, result, cancellationToken) =>
        {
            var sent = await modem.Messages.SendAsync(result.GetValue(number)!, result.GetValue(text)!, cancellationToken).ConfigureAwait(false);
            await host.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"sent as {sent} {(sent == 1 ? "message" : "messages")}"))
                .ConfigureAwait(false);
        });
    }

    private Command Ussd()
    {
        var code = new Argument<string>("code") { Description = "Such as *100#." };
        var command = new Command("ussd", "Ask the network by a USSD code and print its reply.") { code };
        return Make(command, Sim800Stage.Network, async (modem, result, cancellationToken) =>
        {
            var reply = await modem.Network.SendUssdAsync(result.GetValue(code)!, cancellationToken).ConfigureAwait(false);
            await host.WriteLineAsync(reply.Text).ConfigureAwait(false);
        });
    }

    private Command Location() => Make(
        new Command("location", "Ask the manufacturer's server where the cells in range are."),
        Sim800Stage.Network,
        async (modem, _, cancellationToken) =>
        {
            var place = await modem.Network.ReadLocationAsync(cancellationToken).ConfigureAwait(false);
            await host.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:0.######} {place.Longitude:0.######}"))
                .ConfigureAwait(false);
        });

    private Command Make(Command command, Sim800Stage until, Func<CellularModem, ParseResult, CancellationToken, Task> work)
    {
        _line.AddTo(command);
        _common.AddTo(command);
        command.Runs(host, async (result, cancellationToken) =>
        {
            using var log = _common.Log(result, host);
            var line = _line.Read(result, host);
            var printer = _common.Printer(result, host);
            var options = Composition.Modem(line, host, log, printer, new SupplyWatch(printer.Warn)) with { OpenUntil = until };
            var modem = await CellularModem.OpenAsync(line.Device, options, cancellationToken).ConfigureAwait(false);
            await using (modem.ConfigureAwait(false))
            {
                await work(modem, result, cancellationToken).ConfigureAwait(false);
                return ExitCode.Success;
            }
        });
        return command;
    }

    private static string PlaceOf(SmsStored stored) =>
        (stored.Memory is null ? "" : stored.Memory + ":") + stored.Index.ToString(CultureInfo.InvariantCulture);

    private static string Shown(SmsStored stored)
    {
        var what = stored switch
        {
            { Unreadable: { } reason } => $"{Unreadable}{reason} {stored.Pdu}",
            { Report: { } report } => string.Create(
                CultureInfo.InvariantCulture, $"report to {report.Reference}: {report.Delivery}, {report.Recipient}, {report.DischargedAt:yyyy-MM-dd HH:mm:ss zzz}"),
            { PartCount: > 1 } => string.Create(
                CultureInfo.InvariantCulture, $"{stored.Sender}, {stored.SentAt:yyyy-MM-dd HH:mm:ss zzz}, part {stored.PartNumber} of {stored.PartCount}: {stored.Text}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{stored.Sender}, {stored.SentAt:yyyy-MM-dd HH:mm:ss zzz}: {stored.Text}"),
        };
        return $"{PlaceOf(stored),-6} {what}";
    }
}
