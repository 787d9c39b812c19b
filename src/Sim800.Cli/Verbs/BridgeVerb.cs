using System.CommandLine;
using System.Net;
using Sim800.Cli.Options;
using Sim800.Modem;

namespace Sim800.Cli.Verbs;

/// <summary><c>sim800 bridge</c>: a local port whose connections go through the modem, with TLS put on where asked.</summary>
internal sealed class BridgeVerb(CliHost host)
{
    private readonly LineOptions _line = new();
    private readonly TlsOptions _tls = new();
    private readonly CommonOptions _common = new();
    private readonly MonitorOption _monitor = new();
    private readonly ConnectTimeoutOption _connectTimeout = new();

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Where to listen.",
        HelpName = "ADDRESS:PORT",
        DefaultValueFactory = _ => "127.0.0.1:1883",
    };

    private readonly Option<string?> _to = new("--to") { Description = "Where the modem connects to.", HelpName = "HOST:PORT" };

    private readonly Option<bool> _socks = new("--socks")
    {
        Description = "Speak SOCKS5 in place of --to: each program says where it wants to go, by name or IPv4 address.",
    };

    internal static Command Build(CliHost host)
    {
        var command = new Command("bridge", "A local port whose connections go through the modem.");
        var verb = new BridgeVerb(host);
        command.Add(verb._listen);
        command.Add(verb._to);
        command.Add(verb._socks);
        verb._tls.AddTo(command);
        verb._line.AddTo(command);
        verb._common.AddTo(command);
        verb._monitor.AddTo(command);
        verb._connectTimeout.AddTo(command);
        command.Runs(host, verb.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        using var log = _common.Log(result, host);
        var settings = _line.Read(result, host);
        var session = _monitor.Open(result, host, settings, $"{settings}");
        var printer = _common.Printer(result, session.Host);
        var remote = Remote(result.GetValue(_to), result.GetValue(_socks));
        var local = Local(result.GetValue(_listen)!);
        var security = Security(result, remote);
        if (security is { IsInsecure: true })
        {
            printer.Warn(TlsSettings.InsecureWarning);
        }

        var timeout = _connectTimeout.Read(result);
        using var page = _common.Timeline(result, host, settings);
        var options = Composition.Modem(settings, host, log, printer, session.Events(printer)).Drawn(page).Watched(session.Feed);
        using var bridge = new Bridge(local, remote, security is null ? null : Composition.Tls(remote!.Host, remote.Port, security, log), printer)
        {
            Bounded = (connect, stopping) => ConnectTimeoutOption.RunAsync(timeout, host.TimeProvider, connect, stopping),
        };
        return await session.RunAsync(CarryAsync, cancellationToken).ConfigureAwait(false);

        async Task<int> CarryAsync(CancellationToken stopping)
        {
            var modem = await ConnectTimeoutOption.RunAsync(
                timeout, host.TimeProvider, opening => CellularModem.OpenAsync(settings.Device, options, opening), stopping).ConfigureAwait(false);
            await using (modem.ConfigureAwait(false))
            {
                session.Feed?.Modem = modem;
                return await bridge.RunAsync(modem, stopping).ConfigureAwait(false);
            }
        }
    }

    /// <summary><c>null</c> carries the bytes as they are.</summary>
    private TlsSettings? Security(ParseResult result, RemoteEndPoint? remote)
    {
        var security = _tls.Read(result, host);
        if (!(_tls.ReadSwitch(result) ?? security.IsAsked))
        {
            return null;
        }

        return remote is not null ? security : throw new UsageException("--socks carries what programs send as it is: TLS is theirs. Leave out the options of TLS.");
    }

    private static IPEndPoint Local(string text) =>
        IPEndPoint.TryParse(text, out var local) && text.Contains(':', StringComparison.Ordinal)
            ? local
            : throw new UsageException("--listen takes an address and a port, such as 127.0.0.1:1883.");

    private static RemoteEndPoint? Remote(string? text, bool isSocks)
    {
        if (isSocks)
        {
            return text is null ? null : throw new UsageException("--to and --socks exclude each other.");
        }

        var colon = text?.LastIndexOf(':') ?? -1;
        return colon > 0 && ushort.TryParse(text![(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var port) && port > 0
            ? new RemoteEndPoint(text[..colon], port)
            : throw new UsageException("--to takes a host and a port, such as broker.example.com:8883; --socks lets each program name its own.");
    }
}
