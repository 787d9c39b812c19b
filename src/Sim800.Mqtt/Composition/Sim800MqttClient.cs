using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Modem;
using Sim800.Mqtt.Composition;

namespace Sim800.Mqtt;

/// <summary>
/// An MQTT 3.1.1 client through a SIM800-family modem: brings the modem up, opens TCP, TLS and MQTT, and does so again whenever
/// the connection is lost. Publishing and subscriptions ride out such losses.
/// </summary>
/// <remarks>
/// A message of QoS 1 or 2 is in the session store before <see cref="PublishAsync(string, ReadOnlyMemory{byte}, MqttQoS, bool, CancellationToken)"/>
/// gives its task back, connection or not, and the task ends when the server has confirmed the message, however many connections
/// that takes. A message of QoS 0 is written to the connection there is; what was written and not yet sent when that is lost is lost
/// with it. All members may be used from any number of threads at once.
/// </remarks>
public sealed class Sim800MqttClient : IAsyncDisposable
{
    private readonly Sim800MqttClientOptions _options;
    private readonly ModemSource _source;
    private readonly MqttClient _client;
    private readonly StatusBoard _board;
    private readonly Supervisor _supervisor;
    private readonly UnconfirmedPublisher _unconfirmed;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private int _disposed;

    private Sim800MqttClient(ModemSource source, Sim800MqttClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_source, _options) = (source, options);
        var log = options.LoggerFactory.CreateLogger<Sim800MqttClient>();
        _client = MqttClient.CreateLasting(options.EffectiveMqtt());
        _board = new StatusBoard(options.TimeProvider);
        _unconfirmed = new UnconfirmedPublisher(_client, _board, options.WhenOffline);
        var connector = new Connector(options, source, new StageReport(options.Progress, options.TimeProvider, log));
        _supervisor = new Supervisor(options, _client, connector, source, _board, log);
    }

    /// <summary>State and reason now.</summary>
    public Sim800ClientStatus Status => _board.Current;

    /// <summary>Ends when the client does: successfully after <see cref="DisconnectAsync"/>, else with the one reason.</summary>
    public Task Completion => _completion.Task;

    /// <summary>The open modem, for signal, SMS or AT commands beside MQTT; <c>null</c> while it is not open.</summary>
    public Sim800Modem? Modem => _source.Current;

    /// <summary>How many messages of QoS 1 and 2 the server has not confirmed yet.</summary>
    public int Unacknowledged => _client.Unacknowledged;

    /// <inheritdoc cref="MqttClient.HeldBack" />
    public int HeldBack => _client.HeldBack;

    /// <inheritdoc cref="MqttClient.UnknownAcknowledgements" />
    public long UnknownAcknowledgements => _client.UnknownAcknowledgements;

    /// <summary>How many messages of QoS 0 were dropped because there was no connection (<see cref="OfflinePublishing.Drop"/>).</summary>
    public long Dropped => _unconfirmed.Dropped;

    /// <summary>Opens the modem on a serial device of Linux and connects.</summary>
    /// <param name="device">Path of the device, such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connected client; from here on it reconnects by itself.</returns>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ModemException">The way from the device to the TCP connection failed.</exception>
    /// <exception cref="Tls.TlsException">The server is not trusted, or TLS failed otherwise.</exception>
    /// <exception cref="MqttException">The server refused, or what answers is no MQTT server.</exception>
    public static Task<Sim800MqttClient> ConnectAsync(
        string device, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(device), options, cancellationToken);

    /// <summary>Opens the modem on any duplex pipe and connects. The pipe stays the caller's.</summary>
    /// <param name="line">The serial line.</param>
    /// <inheritdoc cref="ConnectAsync(string, Sim800MqttClientOptions, CancellationToken)"/>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<Sim800MqttClient> ConnectAsync(
        IDuplexPipe line, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(line), options, cancellationToken);

    /// <summary>Opens the modem on any stream, such as <c>System.IO.Ports.SerialPort.BaseStream</c>, and connects. The stream stays the caller's.</summary>
    /// <param name="line">The serial line.</param>
    /// <inheritdoc cref="ConnectAsync(string, Sim800MqttClientOptions, CancellationToken)"/>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<Sim800MqttClient> ConnectAsync(
        Stream line, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(line), options, cancellationToken);

    /// <summary>Connects through a modem that is open already and stays the caller's. When its line dies, so does the client.</summary>
    /// <param name="modem">The open modem.</param>
    /// <inheritdoc cref="ConnectAsync(string, Sim800MqttClientOptions, CancellationToken)"/>
    /// <param name="options">Where and how.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static Task<Sim800MqttClient> ConnectAsync(
        Sim800Modem modem, Sim800MqttClientOptions options, CancellationToken cancellationToken = default) =>
        ConnectAsync(ModemSource.Of(modem), options, cancellationToken);

    /// <summary>
    /// Begins to connect and returns at once. What is published with QoS 1 or 2 before the server has answered travels together
    /// with CONNECT, one round trip less; a first attempt that fails for a passing reason is tried again, unless
    /// <see cref="ReconnectOptions.FailFast"/> is set.
    /// </summary>
    /// <param name="device">Path of the device, such as <c>/dev/ttyUSB0</c>.</param>
    /// <param name="options">Where and how.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Sim800MqttClient Start(string device, Sim800MqttClientOptions options) => Start(ModemSource.Of(device), options);

    /// <param name="line">The serial line; stays the caller's.</param>
    /// <param name="options">Where and how.</param>
    /// <inheritdoc cref="Start(string, Sim800MqttClientOptions)"/>
    public static Sim800MqttClient Start(IDuplexPipe line, Sim800MqttClientOptions options) => Start(ModemSource.Of(line), options);

    /// <param name="modem">The open modem; stays the caller's.</param>
    /// <param name="options">Where and how.</param>
    /// <inheritdoc cref="Start(string, Sim800MqttClientOptions)"/>
    public static Sim800MqttClient Start(Sim800Modem modem, Sim800MqttClientOptions options) => Start(ModemSource.Of(modem), options);

    /// <summary>Waits for the first connection of a client that was begun with <see cref="Start(string, Sim800MqttClientOptions)"/>.</summary>
    /// <exception cref="IOException">The client ended before: what went wrong, and what to do.</exception>
    public Task WhenConnectedAsync(CancellationToken cancellationToken = default) =>
        _supervisor.FirstConnection.WaitAsync(cancellationToken);

    /// <summary>The status now, and each one after it; ends with <see cref="Sim800ClientState.Closed"/>.</summary>
    public IAsyncEnumerable<Sim800ClientStatus> WatchAsync(CancellationToken cancellationToken = default) => _board.WatchAsync(cancellationToken);

    /// <summary>Publishes a message.</summary>
    /// <param name="topic">Where: at least one character, no wildcards.</param>
    /// <param name="payload">What; may be used again as soon as the returned task has ended.</param>
    /// <param name="qos">How sure. The task ends, for QoS 0, when the message is written for the transport; for QoS 1 with PUBACK and
    /// for QoS 2 with PUBCOMP, on this connection or a later one.</param>
    /// <param name="retain">Whether the server shall keep it as the topic's last message.</param>
    /// <param name="cancellationToken">Stops the waiting. A message of QoS 1 or 2 that is accepted is delivered all the same.</param>
    /// <exception cref="ArgumentException">The topic is invalid or the packet exceeds <see cref="MqttClientOptions.MaxPacketSize"/>.</exception>
    /// <exception cref="MqttStoreFullException">The session store has no room.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public ValueTask PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        ClientMetrics.Publishing(_options, qos);
        if (qos > MqttQoS.AtMostOnce)
        {
            return PublicationTrace.FollowAsync(_options, topic, _client.PublishAsync(topic, payload, qos, retain, cancellationToken));
        }

        return _unconfirmed.PublishAsync(topic, payload, retain, cancellationToken);
    }

    /// <summary>
    /// Publishes a message whose payload is the next <paramref name="length"/> bytes of a stream. With QoS 0 the payload is read as it
    /// is sent and never held in memory as a whole, and a link that is lost meanwhile ends the attempt; with QoS 1 and 2 it is read first.
    /// </summary>
    /// <param name="topic">Where: at least one character, no wildcards.</param>
    /// <param name="payload">What; not to be touched until the returned task has ended.</param>
    /// <param name="length">How many bytes are read from it. MQTT tells the length first.</param>
    /// <param name="qos">How sure.</param>
    /// <param name="retain">Whether the server shall keep it as the topic's last message.</param>
    /// <param name="cancellationToken">Stops the waiting; a packet that has begun is finished.</param>
    /// <exception cref="MqttClosedException">QoS 0: there is no connection, or it was lost in the middle of the packet.</exception>
    public Task PublishAsync(
        string topic,
        Stream payload,
        long length,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        ClientMetrics.Publishing(_options, qos);
        return _client.PublishAsync(topic, payload, length, qos, retain, cancellationToken);
    }

    /// <summary>Ends when all that was written so far is with the modem.</summary>
    /// <exception cref="MqttClosedException">There is no connection, or it was lost before that.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _client.FlushAsync(cancellationToken);

    /// <summary>Subscribes and waits for the server's consent, through losses of the connection if need be. The subscription is made
    /// again on every later connection to a server that has forgotten it.</summary>
    /// <param name="filter">The topic filter.</param>
    /// <param name="qos">The highest QoS wanted.</param>
    /// <param name="cancellationToken">Stops the waiting and gives the subscription up.</param>
    /// <exception cref="ArgumentException">The filter is invalid.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refused.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public Task<MqttSubscription> SubscribeAsync(
        string filter, MqttQoS qos = MqttQoS.AtLeastOnce, CancellationToken cancellationToken = default) =>
        _client.SubscribeAsync(filter, new MqttSubscribeOptions { QoS = qos }, cancellationToken);

    /// <param name="filter">The topic filter.</param>
    /// <param name="options">How to subscribe.</param>
    /// <param name="cancellationToken">Stops the waiting and gives the subscription up.</param>
    /// <inheritdoc cref="SubscribeAsync(string, MqttQoS, CancellationToken)"/>
    public Task<MqttSubscription> SubscribeAsync(
        string filter, MqttSubscribeOptions options, CancellationToken cancellationToken = default) =>
        _client.SubscribeAsync(filter, options, cancellationToken);

    /// <summary>Subscribes and gives each message to a handler, one after another, away from the connection: the handler may take its
    /// time and may publish. A message is acknowledged when its handler has returned.</summary>
    /// <param name="filter">The topic filter.</param>
    /// <param name="options">How to subscribe.</param>
    /// <param name="handler">Gets each message, and a token that is cancelled when the client ends.</param>
    /// <param name="cancellationToken">Stops the waiting and gives the subscription up.</param>
    /// <inheritdoc cref="SubscribeAsync(string, MqttQoS, CancellationToken)"/>
    public Task<MqttSubscription> SubscribeAsync(
        string filter,
        MqttSubscribeOptions options,
        Func<MqttMessage, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default) =>
        _client.SubscribeAsync(filter, options, handler, cancellationToken);

    /// <summary>Sends what is written, then DISCONNECT, and closes all layers. Messages of QoS 1 and 2 without confirmation stay in the
    /// session store.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await _client.DisconnectAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Disconnects as <see cref="DisconnectAsync"/> does, within <see cref="MqttClientOptions.DisconnectTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private static async Task<Sim800MqttClient> ConnectAsync(
        ModemSource source, Sim800MqttClientOptions options, CancellationToken cancellationToken)
    {
        var client = new Sim800MqttClient(source, options);
        client._running = client.RunAsync(failsFast: true);
        try
        {
            await client._supervisor.FirstConnection.WaitAsync(cancellationToken).ConfigureAwait(false);
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
        client._running = client.RunAsync(options.Reconnect.FailFast);
        return client;
    }

    private async Task RunAsync(bool failsFast)
    {
        await Task.Yield(); // the caller gets the client before anything happens, so that it can publish along with CONNECT
        var reason = await _supervisor.RunAsync(failsFast, _stopping.Token).ConfigureAwait(false);
        _client.Fail(reason);
        await _source.DisposeAsync().ConfigureAwait(false);
        _board.Closed(reason);
        if (reason is null)
        {
            _completion.TrySetResult();
        }
        else
        {
            _completion.TrySetException(reason);
            _ = _completion.Task.Exception;
        }
    }
}
