using System.CommandLine;
using System.IO.Pipelines;
using System.Net;
using Sim800.Cli.Diagnosis;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 bridge</c>: a local port whose connections go through the modem, with TLS put on where asked.</summary>
internal static class BridgeVerb
{
    internal static Command Build(CliHost host)
    {
        var command = new Command("bridge", "A local port whose connections go through the modem.");
        var listen = new Option<string>("--listen")
        {
            Description = "Where to listen.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => "127.0.0.1:1883",
        };
        var to = new Option<string?>("--to") { Description = "Where the modem connects to.", HelpName = "HOST:PORT" };
        var line = new LineOptions();
        var tls = new TlsOptions();
        var common = new CommonOptions();
        var connectTimeout = new ConnectTimeoutOption();
        command.Add(listen);
        command.Add(to);
        tls.AddTo(command);
        line.AddTo(command);
        common.AddTo(command);
        connectTimeout.AddTo(command);
        var options = new Options(listen, to, line, tls, common, connectTimeout);
        command.Runs(host, (result, cancellationToken) => RunAsync(host, options, result, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliHost host, Options options, ParseResult result, CancellationToken cancellationToken)
    {
        using var log = options.Common.Log(result, host);
        var settings = options.Line.Read(result, host);
        var printer = options.Common.Printer(result, host);
        var (remote, port) = Remote(result.GetValue(options.To));
        var security = options.Tls.Read(result, host);
        var secured = options.Tls.ReadSwitch(result) ?? security.IsAsked;
        if (secured && security.IsInsecure)
        {
            printer.Warn(TlsSettings.InsecureWarning);
        }

        var timeout = options.ConnectTimeout.Read(result);
        var bridge = new Bridge(
            Local(result.GetValue(options.Listen)!), remote, port, secured ? Composition.Tls(remote, port, security, log) : null, printer)
        {
            ConnectAsync = (connect, stopping) => ConnectTimeoutOption.RunAsync<IDuplexPipe>(timeout, host.TimeProvider, connect, stopping),
        };
        var modem = await ConnectTimeoutOption.RunAsync<Sim800Modem>(
            timeout,
            host.TimeProvider,
            stopping => Sim800Modem.OpenAsync(settings.Device, Composition.Modem(settings, host, log, printer, new SupplyWatch(printer.Warn)), stopping),
            cancellationToken).ConfigureAwait(false);
        await using (modem.ConfigureAwait(false))
        {
            return await bridge.RunAsync(modem, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IPEndPoint Local(string text) =>
        IPEndPoint.TryParse(text, out var local) && text.Contains(':', StringComparison.Ordinal)
            ? local
            : throw new UsageException("--listen takes an address and a port, such as 127.0.0.1:1883.");

    private static (string Host, int Port) Remote(string? text)
    {
        var colon = text?.LastIndexOf(':') ?? -1;
        return colon > 0 && ushort.TryParse(text![(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var port) && port > 0
            ? (text[..colon], port)
            : throw new UsageException("--to takes a host and a port, such as broker.example.com:8883.");
    }

    private sealed record Options(
        Option<string> Listen, Option<string?> To, LineOptions Line, TlsOptions Tls, CommonOptions Common, ConnectTimeoutOption ConnectTimeout);
}
