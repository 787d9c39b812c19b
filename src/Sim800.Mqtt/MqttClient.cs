using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Sim800.Mqtt.Client;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt;

/// <summary>
/// An MQTT 3.1.1 client over any transport that is an <see cref="IDuplexPipe"/>: a TLS connection, a TCP connection of the
/// modem, or a pipe of your own. All members may be used from any number of threads at once.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly ClientSession _session;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _outlivesConnections;
    private MqttConnection? _connection;

    private MqttClient(MqttClientOptions options, bool outlivesConnections)
    {
        options.Validate();
        (_options, _outlivesConnections) = (options, outlivesConnections);
        _log = options.LoggerFactory.CreateLogger<MqttClient>();
        _session = new ClientSession(options);
    }

    /// <summary>Ends when the client does: successfully after <see cref="DisconnectAsync"/>, else with the one reason.</summary>
    public Task Completion => _completion.Task;

    /// <summary>How the session states of client and server met at the last CONNACK.</summary>
    public MqttSessionResumption Resumption => _session.Resumption;

    /// <summary>How many messages of QoS 1 and 2 the server has not confirmed yet.</summary>
    public int Unacknowledged => _session.State.Unacknowledged;

    /// <summary>How many messages of QoS 1 and 2 of this connection the server waits to have acknowledged: not taken, given back (the
    /// handler threw, the queue was full), or behind such a one. A server sends only so many ahead, mosquitto 20.</summary>
    public int HeldBack => _session.State.HeldBack;

    /// <summary>How many acknowledgements belonged to no open packet identifier: late ones, or a fault of the server [MQTT-2.3.1-7].</summary>
    public long UnknownAcknowledgements => _session.State.UnknownAcknowledgements;

    /// <summary>Connects over <paramref name="transport"/>, which then belongs to the client: its two pipes are completed, and it
    /// is disposed when it is <see cref="IAsyncDisposable"/>, at the end of the connection.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="MqttConnectRefusedException">The server refuses the connection.</exception>
    /// <exception cref="MqttLinkException">The link ended, or CONNACK did not come in time.</exception>
    /// <exception cref="MqttProtocolException">What came is not MQTT 3.1.1.</exception>
    public static async Task<MqttClient> ConnectAsync(
        IDuplexPipe transport, MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        var client = new MqttClient(options, outlivesConnections: false);
        try
        {
            await client.AttachAsync(transport, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Publishes a message.</summary>
    /// <param name="topic">Where: at least one character, no wildcards.</param>
    /// <param name="payload">What; may be used again as soon as the returned task has ended.</param>
    /// <param name="qos">How sure. The task ends, for QoS 0, when the message is written for the transport, waiting for room if
    /// there is none (see <see cref="FlushAsync"/>); for QoS 1 with PUBACK and for QoS 2 with PUBCOMP.</param>
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
        var packet = Check(topic, new ReadOnlySequence<byte>(payload), payload.Length, qos, retain);
        cancellationToken.ThrowIfCancellationRequested();
        return qos == MqttQoS.AtMostOnce
            ? PublishAtMostOnceAsync(packet, cancellationToken)
            : _session.PublishAsync(topic, payload, qos, retain, cancellationToken);
    }

    /// <summary>Publishes a message whose payload is in pieces.</summary>
    /// <inheritdoc cref="PublishAsync(string, ReadOnlyMemory{byte}, MqttQoS, bool, CancellationToken)"/>
    public ValueTask PublishAsync(
        string topic,
        ReadOnlySequence<byte> payload,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        var packet = Check(topic, payload, payload.Length, qos, retain);
        cancellationToken.ThrowIfCancellationRequested();
        return qos == MqttQoS.AtMostOnce
            ? PublishAtMostOnceAsync(packet, cancellationToken)
            : _session.PublishAsync(
                topic, payload.IsSingleSegment ? payload.First : payload.ToArray(), qos, retain, cancellationToken);
    }

    /// <summary>
    /// Publishes a message whose payload is the next <paramref name="length"/> bytes of a stream. With QoS 0 the payload is
    /// read as it is sent and never held in memory as a whole; with QoS 1 and 2 it is read first, because it must be kept
    /// for sending again.
    /// </summary>
    /// <param name="topic">Where: at least one character, no wildcards.</param>
    /// <param name="payload">What; not to be touched until the returned task has ended.</param>
    /// <param name="length">How many bytes are read from it. MQTT tells the length first.</param>
    /// <param name="qos">How sure.</param>
    /// <param name="retain">Whether the server shall keep it as the topic's last message.</param>
    /// <param name="cancellationToken">Stops the waiting; a packet that has begun is finished.</param>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside: also because the stream failed or ended
    /// early in the middle of the packet.</exception>
    /// <exception cref="EndOfStreamException">QoS 1 and 2: the stream ended early.</exception>
    public async Task PublishAsync(
        string topic,
        Stream payload,
        long length,
        MqttQoS qos = MqttQoS.AtMostOnce,
        bool retain = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var packet = Check(topic, ReadOnlySequence<byte>.Empty, length, qos, retain);
        if (qos == MqttQoS.AtMostOnce)
        {
            var stream = new PayloadStream(payload, length);
            await PublishWhenRoomAsync(packet, stream, Task.CompletedTask, cancellationToken).ConfigureAwait(false);

            // Half a packet cannot be taken back, so from here on nothing stops the stream.
            await _session.FlushAsync().ConfigureAwait(false);
            return;
        }

        var copy = new byte[length];
        await payload.ReadExactlyAsync(copy, cancellationToken).ConfigureAwait(false);
        await PublishAsync(topic, copy, qos, retain, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until everything published so far is with the transport.</summary>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) =>
        _session.FlushAsync().WaitAsync(cancellationToken);

    /// <summary>Subscribes to a topic filter and waits for the server's consent.</summary>
    /// <exception cref="ArgumentException">The filter is invalid.</exception>
    /// <exception cref="MqttSubscribeRefusedException">The server refuses.</exception>
    /// <exception cref="MqttClosedException">The client has ended, with the reason inside.</exception>
    public Task<MqttSubscription> SubscribeAsync(
        string filter, MqttQoS qos = MqttQoS.AtLeastOnce, CancellationToken cancellationToken = default) =>
        SubscribeAsync(filter, new MqttSubscribeOptions { QoS = qos }, cancellationToken);

    /// <summary>Subscribes to a topic filter with options of its own.</summary>
    /// <inheritdoc cref="SubscribeAsync(string, MqttQoS, CancellationToken)"/>
    public Task<MqttSubscription> SubscribeAsync(
        string filter, MqttSubscribeOptions options, CancellationToken cancellationToken = default)
    {
        TopicFilter.ThrowIfInvalid(filter, nameof(filter));
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(nameof(options));
        return _session.SubscribeAsync(filter, options, cancellationToken);
    }

    /// <summary>
    /// Subscribes and gives each message to <paramref name="handler"/>, one after another, away from the connection: the handler
    /// may take its time and may publish. A message is acknowledged when its handler has returned; when it throws, that is
    /// logged and counted, and the server keeps the message.
    /// </summary>
    /// <param name="filter">The topic filter.</param>
    /// <param name="options">How to subscribe.</param>
    /// <param name="handler">Gets each message, and a token that is cancelled when the client ends.</param>
    /// <param name="cancellationToken">Stops the waiting for the server's consent.</param>
    /// <inheritdoc cref="SubscribeAsync(string, MqttQoS, CancellationToken)"/>
    public async Task<MqttSubscription> SubscribeAsync(
        string filter,
        MqttSubscribeOptions options,
        Func<MqttMessage, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var subscription = await SubscribeAsync(filter, options, cancellationToken).ConfigureAwait(false);
        subscription.Start(handler, e => Log.HandlerFailed(_log, filter, e));
        return subscription;
    }

    /// <summary>Sends what is written, then DISCONNECT, and closes the transport. Messages of QoS 1 and 2 without confirmation
    /// stay in the session store.</summary>
    /// <exception cref="MqttClosedException">The connection ended before DISCONNECT was sent, with the reason inside.</exception>
    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            if (_connection is { HasEnded: false } connection)
            {
                await connection.DisconnectAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Close(_connection?.EndReason);
        }
    }

    /// <summary>Disconnects as <see cref="DisconnectAsync"/> does, within <see cref="MqttClientOptions.DisconnectTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(_options.DisconnectTimeout, _options.TimeProvider);
        try
        {
            await DisconnectAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttException)
        {
            Log.CloseFailed(_log, e);
        }
    }

    /// <summary>A client whose session goes on from one connection to the next.</summary>
    internal static MqttClient CreateLasting(MqttClientOptions options) => new(options, outlivesConnections: true);

    /// <summary>Connects over a transport and goes on with the session; ends when the server has accepted.</summary>
    internal async Task<MqttConnection> AttachAsync(IDuplexPipe transport, CancellationToken cancellationToken)
    {
        var connection = new MqttConnection(transport, _session, _options);
        _session.Attach(connection);
        _connection = connection;
        connection.Start();
        _ = WatchAsync(connection);
        try
        {
            await connection.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            connection.End(e);
            await connection.Closed.ConfigureAwait(false);
            throw;
        }

        Log.Connected(_log, Resumption);
        return connection;
    }

    /// <summary>Ends a lasting client that will not be connected again.</summary>
    internal void Fail(Exception? reason) => Close(reason);

    private async Task WatchAsync(MqttConnection connection)
    {
        await connection.Closed.ConfigureAwait(false);
        if (!_outlivesConnections)
        {
            Close(connection.EndReason);
        }
    }

    private ValueTask PublishAtMostOnceAsync(in PublishPacket packet, CancellationToken cancellationToken) =>
        _session.TryPublish(packet, stream: null, out var room)
            ? ValueTask.CompletedTask
            : new ValueTask(PublishWhenRoomAsync(packet, stream: null, room, cancellationToken));

    private async Task PublishWhenRoomAsync(
        PublishPacket packet, PayloadStream? stream, Task room, CancellationToken cancellationToken)
    {
        do
        {
            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!_session.TryPublish(packet, stream, out room));
    }

    internal PublishPacket Check(string topic, in ReadOnlySequence<byte> payload, long length, MqttQoS qos, bool retain) =>
        Publication.Check(topic, payload, length, qos, retain, _options.MaxPacketSize);

    private void Close(Exception? reason)
    {
        _session.Close(reason);
        if (reason is null)
        {
            _completion.TrySetResult();
        }
        else if (_completion.TrySetException(reason))
        {
            _ = _completion.Task.Exception;
        }
    }
}
