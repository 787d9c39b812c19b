using System.IO.Pipelines;
using Sim800.Mqtt.Client;

namespace Sim800.Mqtt;

/// <summary>
/// An MQTT 3.1.1 client over any transport that is an <see cref="IDuplexPipe"/>: a TLS connection, a TCP connection of the
/// modem, or a pipe of your own. It lives as long as the connection does.
/// </summary>
/// <example>
/// <code>
/// await using var modem = await CellularModem.OpenAsync("/dev/ttyUSB0", new ModemOptions { Apn = "internet" });
/// var link = await modem.ConnectTcpAsync("broker.example.com", 8883);
/// var tls = await TlsConnection.ConnectAsync(link, new TlsClientOptions { ServerName = "broker.example.com" });
/// await using var client = await MqttClient.ConnectAsync(tls, new MqttClientOptions { ClientId = "greenhouse-7" });
/// await client.PublishAsync("greenhouse/7/temperature", "21.5");
/// </code>
/// </example>
public sealed class MqttClient : IMqttClient
{
    private readonly MqttClientOptions _options;
    private readonly ClientCore _core;

    private MqttClient(MqttClientOptions options, bool reconnects) =>
        (_options, _core) = (options, new ClientCore(options, reconnects));

    /// <inheritdoc />
    public MqttClientStatus Status => _core.Status.Current;

    /// <inheritdoc />
    public Task Completion => _core.Status.Completion;

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

    /// <inheritdoc />
    public TimeProvider TimeProvider => _options.TimeProvider;

    /// <summary>Connects over <paramref name="transport"/>, which then belongs to the client: its two pipes are completed, and it
    /// is disposed when it is <see cref="IAsyncDisposable"/>, at the end of the connection.</summary>
    /// <param name="transport">The open transport.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="cancellationToken">Ends the attempt, and with it the transport.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="MqttConnectRefusedException">The server refuses the connection.</exception>
    /// <exception cref="MqttLinkException">The link ended, or CONNACK did not come in time.</exception>
    /// <exception cref="MqttProtocolException">What came is not MQTT 3.1.1.</exception>
    public static async Task<MqttClient> ConnectAsync(
        IDuplexPipe transport, MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(options);
        var client = new MqttClient(options, reconnects: false);
        try
        {
            await client._core.AttachAsync(transport, cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A client whose session goes on from one <see cref="AttachAsync"/> to the next; for measuring.</summary>
    internal static MqttClient CreateLasting(MqttClientOptions options) => new(options, reconnects: true);

    /// <inheritdoc cref="ClientCore.AttachAsync" />
    internal Task<MqttConnection> AttachAsync(IDuplexPipe transport, CancellationToken cancellationToken) =>
        _core.AttachAsync(transport, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<MqttClientStatus> WatchAsync(CancellationToken cancellationToken = default) =>
        _core.Status.WatchAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask PublishAsync(MqttMessage message, CancellationToken cancellationToken = default) =>
        _core.Publishing.PublishAsync(message, cancellationToken);

    /// <inheritdoc />
    public Task PublishAsync(MqttMessage message, Stream payload, long length, CancellationToken cancellationToken = default) =>
        _core.Publishing.PublishAsync(message, payload, length, cancellationToken);

    /// <inheritdoc />
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
    public async Task DisconnectAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            await _core.DisconnectAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _core.Status.Complete();
        }
    }

    /// <summary>Disconnects as <see cref="DisconnectAsync"/> does, within <see cref="MqttClientOptions.DisconnectTimeout"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _core.DisposeAsync().ConfigureAwait(false);
        _core.Status.Complete();
    }
}
