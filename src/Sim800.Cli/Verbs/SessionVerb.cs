using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Sim800.Cli.Capture;
using Sim800.Cli.Monitor;
using Sim800.Cli.Options;
using Sim800.Cli.Rendering;
using Sim800.Cli.Timeline;
using Sim800.Mqtt;

namespace Sim800.Cli.Verbs;

/// <summary>What <c>pub</c> and <c>sub</c> have in common: the options, and the way to an MQTT session.</summary>
internal sealed class SessionVerb(CliHost host)
{
    private readonly LineOptions _line = new();
    private readonly BrokerOptions _broker = new();
    private readonly TlsSessionOptions _sessions = new();
    private readonly CommonOptions _common = new();
    private readonly MonitorOption _monitor = new();

    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(180);

    private readonly Option<double?> _connectTimeout = new("--connect-timeout")
    {
        Description = "Seconds for the first connection, all attempts together, 180 by default; when given, a missing device is waited for too.",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> _capture = new("--capture")
    {
        Description = "Record the session for Wireshark, decrypted: whoever has the file can read everything.",
        HelpName = "FILE.pcapng",
    };

    internal void AddTo(Command command)
    {
        _broker.AddTo(command);
        _sessions.AddTo(command);
        _line.AddTo(command);
        _common.AddTo(command);
        _monitor.AddTo(command);
        command.Add(_connectTimeout);
        command.Add(_capture);
    }

    internal string? TopicOfUrl(ParseResult result) => _broker.TopicOfUrl(result);

    /// <exception cref="UsageException">There is no broker, or a value cannot be meant.</exception>
    internal BrokerSettings Broker(ParseResult result) => _sessions.Complete(_broker.Read(result, host), result, host);

    internal bool AllowsControlCharacters(ParseResult result) => _broker.AllowsControlCharacters(result);

    /// <summary><c>null</c> when none is named.</summary>
    internal BrokerSettings? BrokerIfGiven(ParseResult result) =>
        _broker.ReadIfGiven(result, host) is { } broker ? _sessions.Complete(broker, result, host) : null;

    internal LineSettings Line(ParseResult result) => _line.Read(result, host);

    internal ILoggerFactory Log(ParseResult result) => _common.Log(result, host);

    internal TimelineFile? Timeline(ParseResult result, LineSettings line) => _common.Timeline(result, host, line);

    internal StagePrinter Printer(ParseResult result, CliHost surroundings) => _common.Printer(result, surroundings);

    /// <summary>Where the verb writes, with what watches it if <c>--monitor</c> is given.</summary>
    internal MonitorSession Surroundings(ParseResult result, BrokerSettings broker)
    {
        var line = _line.Read(result, host);
        return _monitor.Open(result, host, line, $"{line} to {broker.Host}:{broker.Port}");
    }

    /// <inheritdoc cref="MonitorOption.Shared"/>
    internal MonitorSession Shared(ParseResult result, MonitorSession session, LineSettings line) => _monitor.Shared(result, session, line);

    /// <summary>A session that only lasts and is watched.</summary>
    internal Task<int> RunAsync(
        ParseResult result, BrokerSettings broker, MonitorSession session, Func<Sim800MqttClient, CancellationToken, Task<int>> work, CancellationToken cancellationToken) =>
        RunAsync(result, broker, session, Printer(result, session.Host), qos: 1, work, cancellationToken);

    /// <summary>Connects, does <paramref name="work"/> and says goodbye, whatever comes of it. The work begins at once, so that its
    /// first packets travel along with CONNECT. Its highest QoS decides whether the server keeps a session meanwhile.</summary>
    internal async Task<int> RunAsync(
        ParseResult result,
        BrokerSettings broker,
        MonitorSession session,
        StagePrinter printer,
        int qos,
        Func<Sim800MqttClient, CancellationToken, Task<int>> work,
        CancellationToken cancellationToken)
    {
        using var log = _common.Log(result, host);
        var line = _line.Read(result, host);
        if (broker.Tls.IsInsecure)
        {
            printer.Warn(TlsSettings.InsecureWarning);
        }

        using var capture = OpenCapture(result.GetValue(_capture), broker);
        using var page = _common.Timeline(result, host, line);
        var options = Patient(Composition.Client(line, broker, host, log, printer, session.Events(printer)), result, line.Device)
            .Recorded(capture)
            .Drawn(page)
            .Watched(session.Feed)
            with
        { KeepSessionWhileRunning = qos == 2 }; // removing it at the end costs one more connection
        var client = Sim800MqttClient.Start(line.Device, options);
        await using (client.ConfigureAwait(false))
        {
            using var watching = new CancellationTokenSource();
            session.Feed?.Client = client;
            var watch = WatchAsync(client, session, printer, watching.Token);
            var exitCode = await session.RunAsync(stopping => WorkAsync(client, work, stopping), cancellationToken).ConfigureAwait(false);
            await SayGoodbyeAsync(client, printer, cancellationToken).ConfigureAwait(false);
            await watching.CancelAsync().ConfigureAwait(false);
            await watch.ConfigureAwait(false);
            return exitCode;
        }
    }

    /// <summary>The work is done and said to be: a link that dies only now makes no difference to anybody.</summary>
    private static async Task SayGoodbyeAsync(Sim800MqttClient client, StagePrinter printer, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MqttException e)
        {
            printer.Say($"The connection was lost at the end: {FailureText.Happened(e)}");
        }
    }

    /// <summary>A path that leads nowhere is a slip of the pen, unless the user says how long to wait.</summary>
    private Sim800MqttClientOptions Patient(Sim800MqttClientOptions options, ParseResult result, string device)
    {
        var timeout = result.Seconds(_connectTimeout, most: 86_400);
        return options with
        {
            ConnectTimeout = timeout ?? DefaultConnectTimeout,
            Reconnect = options.Reconnect with { FailFast = timeout is null && !File.Exists(device) },
        };
    }

    /// <summary>Waits for the work. When the first connection fails, the work is given up, and what failed is the sentence to tell.</summary>
    private static async Task<int> WorkAsync(
        Sim800MqttClient client, Func<Sim800MqttClient, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var working = work(client, givenUp.Token);
        var connecting = client.WhenConnectedAsync(cancellationToken);
        if (await Task.WhenAny(connecting, working).ConfigureAwait(false) == working
            && working.Exception?.InnerException is not MqttClosedException)
        {
            await working.ConfigureAwait(false); // it may have failed by itself: no need to wait for a connection then
        }

        try
        {
            await connecting.ConfigureAwait(false);
        }
        catch
        {
            await givenUp.CancelAsync().ConfigureAwait(false);
            await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        return await working.ConfigureAwait(false);
    }

    private CaptureFile? OpenCapture(string? path, BrokerSettings broker)
    {
        if (path is null)
        {
            return null;
        }

        return broker.Tls.IsPlatform
            ? throw new UsageException("--capture needs the keys of the session, which --tls-engine platform does not give.")
            : new CaptureFile(path, broker.Host, broker.Port, host.TimeProvider);
    }

    /// <summary>Tells of connections lost on the way, which the client rides out by itself.</summary>
    private static async Task WatchAsync(Sim800MqttClient client, MonitorSession session, StagePrinter printer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var status in client.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                session.Feed?.Take(status);
                if (!session.IsShown && status is { State: MqttClientState.Waiting, Reason: { } reason })
                {
                    printer.Say(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{FailureText.Of(reason)} Trying again at {status.NextAttempt:HH:mm:ss}Z, in {status.RetryAfter?.TotalSeconds:0.#} s."));
                }
            }
        }
        catch (OperationCanceledException)
        {
            return; // the work is done
        }
    }
}
