using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem;
using Sim800.Mqtt.Client;
using Sim800.Mqtt.Composition;

namespace Sim800.Mqtt;

/// <summary>
/// An MQTT 3.1.1 client through a SIM800-family modem: brings the modem up, opens TCP, TLS and MQTT, and does so again whenever
/// the connection is lost. Publishing and subscriptions outlive such losses.
/// </summary>
/// <remarks>
/// A message of QoS 1 or 2 is in the session store before <see cref="PublishAsync(MqttMessage, CancellationToken)"/> returns its task,
/// connection or not, and the task ends when the server has acknowledged the message, however many connections that takes. A message of
/// QoS 0 is written to the connection there is, or as <see cref="Sim800MqttClientOptions.WhenOffline"/> says; what was written and not yet
/// sent when the connection is lost is lost with it. All members may be used from any number of threads at once.
/// </remarks>
/// <example>
/// <code>
/// var options = new Sim800MqttClientOptions
/// {
///     Host = "broker.example.com",
///     Modem = new() { Apn = "internet" },
///     Mqtt = new() { ClientId = "greenhouse-7", Credentials = new MqttCredentials("user", "password") },
/// };
/// await using var client = await Sim800MqttClient.ConnectAsync("/dev/ttyUSB0", options);
/// await client.PublishAsync("greenhouse/7/temperature", "21.5", MqttQoS.AtLeastOnce);
/// </code>
/// </example>
public sealed class Sim800MqttClient : IMqttClient
{
    private readonly Sim800MqttClientOptions _options;
    private readonly ModemSource _source;
    private readonly ClientCore _core;
    private readonly Supervisor _supervisor;
    private readonly RunSession _runSession;
    private readonly TransportStack _stack;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private int _disposed;

    private Sim800MqttClient(ModemSource source, Sim800MqttClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        options = options.ForRun();
        (_source, _options) = (source, options);
        _log = options.LoggerFactory.CreateLogger<Sim800MqttClient>();
        _core = new ClientCore(options.EffectiveMqtt(), reconnects: true, options.WhenOffline) { Damage = () => source.Current?.DamageCount ?? 0 };
        _stack = new TransportStack(options, source, new StageReport(options.Progress, options.TimeProvider, _log));
        _supervisor = new Supervisor(options, _core, _stack, source, _log);
        _runSession = new RunSession(options, _stack, _log);
    }

    /// <inheritdoc />
    public MqttClientStatus Status => _core.Status.Current;

    /// <inheritdoc />
    public Task Completion => _core.Status.Completion;

    /// <summary>The open modem, for signal, SMS or AT commands beside MQTT; <c>null</c> while it is not open.</summary>
    public CellularModem? Modem => _source.Current;

    /// <inheritdoc />
    public MqttSessionResumption Resumption => _core.Resumption;

    /// <inheritdoc />
    public int Unacknowledged => _core.Session.Unacknowledged;

    /// <inheritdoc />
    public int HeldBack => _core.Session.HeldBack;

    /// <inheritdoc />
    public long UnknownAcknowledgements => _core.Session.UnknownAcknowledgements;

    /// <inheritdoc />
    public long Unmatched => _core.Subscriptions.Unmatched;

    /// <summary>How many messages of QoS 0 were dropped because there was no connection (<see cref="MqttOfflinePolicy.Drop"/>).</summary>
    public long Dropped => _core.Publishing.Dropped;

    /// <summary>Bytes that TCP has carried both ways since midnight UTC, by the client's clock, or since the client was made: see
    /// <see cref="Sim800DataBudget"/>.</summary>
    public long BytesToday => _stack.Traffic.Read().Today;

    /// <inheritdoc />
    public TimeProvider TimeProvider => _options.TimeProvider;

    /// <summary>Opens the modem on a serial device of Linux and connects.</summary>
    /// <param name="device">Path of the device, such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <remarks>A failure that may pass is tried again, with growing pauses and stronger measures, until
    /// <see cref="Sim800MqttClientOptions.ConnectTimeout"/> is over or unless <see cref="Sim800ReconnectOptions.FailFast"/> is set.</remarks>
    /// <returns>The connected client; from here on it reconnects by itself.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ModemException">The way from the device to the TCP connection failed.</exception>
    /// <exception cref="MqttConnectTimeoutException">The first attempt was not over in time.</exception>
    /// <exception cref="Tls.TlsException">The server is not trusted, or TLS failed otherwise.</exception>
    /// <exception cref="MqttException">The server refused, or what answers is no MQTT server.</exception>
    public static Task<Sim800MqttClient> ConnectAsync(
        string device, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(device), options, cancellationToken);

    /// <summary>Opens the modem on any duplex pipe and connects. The pipe stays the caller's.</summary>
    /// <param name="line">The serial line.</param>
    /// <inheritdoc cref="ConnectAsync(string, Sim800MqttClientOptions, CancellationToken)" path="/*[self::exception or self::returns or self::remarks]" />
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<Sim800MqttClient> ConnectAsync(
        IDuplexPipe line, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(line), options, cancellationToken);

    /// <summary>Opens the modem on any stream, such as <c>System.IO.Ports.SerialPort.BaseStream</c>, and connects. The stream stays the caller's.</summary>
    /// <param name="line">The serial line.</param>
    /// <inheritdoc cref="ConnectAsync(string, Sim800MqttClientOptions, CancellationToken)" path="/*[self::exception or self::returns or self::remarks]" />
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<Sim800MqttClient> ConnectAsync(
        Stream line, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(line), options, cancellationToken);

    /// <summary>Connects through a modem that is open already and stays the caller's. When its line dies, so does the client.</summary>
    /// <param name="modem">The open modem.</param>
    /// <inheritdoc cref="ConnectAsync(string, Sim800MqttClientOptions, CancellationToken)" path="/*[self::exception or self::returns or self::remarks]" />
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<Sim800MqttClient> ConnectAsync(
        CellularModem modem, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(modem), options, cancellationToken);

    /// <summary>
    /// Begins to connect and returns at once. What is published with QoS 1 or 2 before the server has answered travels together
    /// with CONNECT, one round trip less; a first attempt that fails for a passing reason is tried again, unless
    /// <see cref="Sim800ReconnectOptions.FailFast"/> is set. A device that is not there yet is looked for.
    /// </summary>
    /// <param name="device">Path of the device, such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="options">Where and how.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Sim800MqttClient Start(string device, Sim800MqttClientOptions options) => Start(ModemSource.Of(device), options);

    /// <param name="line">The serial line; stays the caller's.</param>
    /// <param name="options">Where and how.</param>
    /// <inheritdoc cref="Start(string, Sim800MqttClientOptions)" path="/*[self::summary or self::exception or self::returns or self::remarks]" />
    public static Sim800MqttClient Start(IDuplexPipe line, Sim800MqttClientOptions options) => Start(ModemSource.Of(line), options);

    /// <param name="line">The serial line, such as <c>System.IO.Ports.SerialPort.BaseStream</c>; stays the caller's.</param>
    /// <param name="options">Where and how.</param>
    /// <inheritdoc cref="Start(string, Sim800MqttClientOptions)" path="/*[self::summary or self::exception or self::returns or self::remarks]" />
    public static Sim800MqttClient Start(Stream line, Sim800MqttClientOptions options) => Start(ModemSource.Of(line), options);

    /// <param name="modem">The open modem; stays the caller's.</param>
    /// <param name="options">Where and how.</param>
    /// <inheritdoc cref="Start(string, Sim800MqttClientOptions)" path="/*[self::summary or self::exception or self::returns or self::remarks]" />
    public static Sim800MqttClient Start(CellularModem modem, Sim800MqttClientOptions options) => Start(ModemSource.Of(modem), options);

    /// <summary>Waits for the first connection of a client that was begun with <see cref="Start(string, Sim800MqttClientOptions)"/>, of which
    /// <see cref="Sim800MqttClientOptions.Progress"/> has been told then.</summary>
    /// <exception cref="IOException">The client ended before: what went wrong, and what to do.</exception>
    public async Task WhenConnectedAsync(CancellationToken cancellationToken = default)
    {
        await _core.Status.FirstConnection.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _supervisor.ConnectionTold.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<MqttClientStatus> WatchAsync(CancellationToken cancellationToken = default) =>
        _core.Status.WatchAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken = default)
    {
        ClientMetrics.Publishing(_options, message.QoS);
        var publishing = _core.Publishing.PublishAsync(message, cancellationToken);
        return message.QoS == MqttQoS.AtMostOnce ? publishing : PublicationTrace.FollowAsync(_options, message.Topic, publishing);
    }

    /// <inheritdoc />
    public Task PublishAsync(MqttMessage message, Stream payload, long length, CancellationToken cancellationToken = default)
    {
        ClientMetrics.Publishing(_options, message.QoS);
        return _core.Publishing.PublishAsync(message, payload, length, cancellationToken);
    }

    /// <inheritdoc />
    /// <remarks>The subscription is waited for through losses of the connection, and made again on every later connection to a server that
    /// has forgotten it.</remarks>
    public Task<IMqttSubscription> SubscribeAsync(
        IReadOnlyCollection<MqttTopicFilter> filters, MqttSubscribeOptions? options = null, CancellationToken cancellationToken = default) =>
        _core.SubscribeAsync(filters, options, cancellationToken);

    /// <inheritdoc />
    public int Withdraw(Predicate<MqttMessage> which) => _core.Withdraw(which);

    /// <inheritdoc />
    public Task UnsubscribeAsync(IReadOnlyCollection<string> filters, CancellationToken cancellationToken = default) =>
        _core.UnsubscribeAsync(filters).WaitAsync(cancellationToken);

    /// <inheritdoc />
    public Task FlushAsync(CancellationToken cancellationToken = default) => _core.FlushAsync().WaitAsync(cancellationToken);

    /// <inheritdoc />
    /// <remarks>All layers are closed, down to the modem unless that is the caller's.</remarks>
    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await _core.DisconnectAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Disconnects as <see cref="DisconnectAsync"/> does, within <see cref="MqttClientOptions.DisconnectTimeout"/>, and up to 30 s more
    /// where <see cref="Sim800MqttClientOptions.KeepSessionWhileRunning"/> asks for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _core.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static async Task<Sim800MqttClient> ConnectAsync(
        ModemSource source, Sim800MqttClientOptions options, CancellationToken cancellationToken)
    {
        var client = new Sim800MqttClient(source, options);
        client._running = client.RunAsync(options.ConnectTimeout ?? Sim800MqttClientOptions.DefaultConnectTimeout);
        try
        {
            await client.WhenConnectedAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static Sim800MqttClient Start(ModemSource source, Sim800MqttClientOptions options)
    {
        var client = new Sim800MqttClient(source, options);
        client._running = client.RunAsync(options.ConnectTimeout);
        return client;
    }

    private async Task RunAsync(TimeSpan? connectTimeout)
    {
        await Task.Yield(); // the caller gets the client before anything happens, so that it can publish along with CONNECT
        using var gauges = ClientGauges.Add(new ClientReadings(_options, _core, _stack.Traffic, () => _source.Current));
        using var budget = DataBudgetWatch.Begin(_options, _core, _stack.Traffic, _log);
        var sampling = ModemSampler.RunAsync(_options, _core, () => _source.Current, _log, _core.Ended);
        var reason = await _supervisor.RunAsync(connectTimeout, _stopping.Token).ConfigureAwait(false);
        _core.Close(reason);
        await sampling.ConfigureAwait(false);
        if (_core.Status.Current.Connections > 0)
        {
            await _runSession.EndAsync(isReachable: _source.Current is not null && (_supervisor.WasConnected || reason is MqttException)).ConfigureAwait(false);
        }

        await _source.DisposeAsync().ConfigureAwait(false);
        _core.Status.Complete();
    }
}
