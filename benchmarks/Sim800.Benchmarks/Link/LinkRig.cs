using System.Globalization;
using System.IO.Pipelines;
using Sim800.Benchmarks.Link.Least;
using Sim800.Benchmarks.Link.Records;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Mqtt.Client;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Benchmarks.Link;

/// <summary>The whole stack against a virtual modem and a broker, all in memory and in virtual time.</summary>
internal sealed class LinkRig : IAsyncDisposable
{
    internal const string Host = "broker.example";

    private const int Port = 8883;
    private static int _rigs;
    private readonly LinkSecurity _security;
    private readonly bool _writesSingly;

    // The platform keeps its sessions by name, for the process: a first connection has to have a name of its own, as long as the others.
    private readonly string _serverName = string.Create(CultureInfo.InvariantCulture, $"b{Interlocked.Increment(ref _rigs):00000}.example");
    private readonly LoopbackBroker _broker;
    private readonly VirtualModem _device;
    private readonly TranscriptRecorder? _recorder;
    private readonly ModemOptions _modemOptions;
    private TlsInMemorySessionCache _sessions = new();
    private readonly RecordCounter _recordsSent = new();
    private readonly RecordCounter _recordsReceived = new();
    private CellularModem? _modem;
    private TaskCompletionSource? _arrival;
    private string? _awaitedTopic;
    private MqttConnection? _connection;
    private TlsConnectionInfo? _tls;

    internal LinkRig(
        LinkConditions conditions,
        LinkSecurity security,
        ModemReceiveMode receiveMode = default,
        bool writesSingly = false,
        string? stateFolder = null,
        TextWriter? transcript = null)
    {
        (Conditions, _security, _writesSingly) = (conditions, security, writesSingly);
        _broker = LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Listen = false,
            WritesPacketsSingly = writesSingly,
            Tls = security is LinkSecurity.Tls12 or LinkSecurity.Tls13,
            ServerNames = [_serverName],
            MaxInFlight = 1000,
            MaxQueued = 100_000,
            OnPublished = OnPublished,
            TimeProvider = Clock,
        });
        _recorder = transcript is null ? null : new TranscriptRecorder(transcript, Clock);
        _device = VirtualModem.Create(
            conditions.Modem(new InMemoryNetwork().Serve(Host, Port, Serve())) with { Recorder = _recorder, TimeProvider = Clock });
        _modemOptions = new ModemOptions
        {
            Apn = "internet",
            BaudRate = conditions.BaudRate,
            ReceiveMode = receiveMode,
            HardwareFlowControl = receiveMode == ModemReceiveMode.Transparent, // nothing else holds the host when the network is slower than the line
            StateFolder = stateFolder,
            TimeProvider = Clock,
        };
    }

    internal VirtualClock Clock { get; } = new();

    internal LinkConditions Conditions { get; }

    internal LoopbackBroker Broker => _broker;

    /// <summary>What the server of the last connection decided.</summary>
    internal LeastServer Server => new(
        _serverName,
        [.. _tls?.ServerCertificates.Select(certificate => certificate.Length) ?? []],
        _recordsSent.First is [_, ..] hello ? HelloReading.TicketLength(hello) : 0,
        _writesSingly);

    internal LinkCounts Counts => LinkCounts.Of(_device.Counters, _recordsSent, _recordsReceived);

    internal MqttClientOptions MqttOptions => new()
    {
        ClientId = "gateway-0001",
        KeepAlive = TimeSpan.FromMinutes(20),
        MaxInFlight = 1000,
        TimeProvider = Clock,
    };

    internal async Task<CellularModem> OpenModemAsync(CancellationToken cancellationToken) =>
        _modem ??= await CellularModem.OpenAsync(_device.Line, _modemOptions, cancellationToken);

    /// <summary>An open TCP connection to the broker.</summary>
    internal async Task<ModemTcpConnection> ConnectTcpAsync(CancellationToken cancellationToken) =>
        await (await OpenModemAsync(cancellationToken)).ConnectTcpAsync(Host, Port, cancellationToken);

    /// <summary>TLS, where there is any, and MQTT over a TCP connection, with the first message right behind CONNECT.</summary>
    internal async Task<MqttClient> PublishFirstAsync(ModemTcpConnection tcp, CancellationToken cancellationToken)
    {
        var client = MqttClient.CreateLasting(MqttOptions);
        var published = client.PublishAsync("t/1", new byte[100], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken);
        _connection = await client.AttachAsync(await SecureAsync(tcp, cancellationToken), cancellationToken);
        await published;
        return client;
    }

    /// <summary>From the first AT byte to the PUBACK of a first message; the connection is closed again.</summary>
    internal async Task<LinkPhases> FirstMessageAsync(CancellationToken cancellationToken)
    {
        var started = Clock.Elapsed;
        var modem = await OpenModemAsync(cancellationToken);
        await modem.AttachAsync(cancellationToken);
        var up = Clock.Elapsed;
        var tcp = await ConnectTcpAsync(cancellationToken);
        var connected = Clock.Elapsed;
        await using var client = MqttClient.CreateLasting(MqttOptions);
        var published = client.PublishAsync("t/1", new byte[100], MqttQoS.AtLeastOnce, cancellationToken: cancellationToken);
        var secure = await SecureAsync(tcp, cancellationToken);
        var secured = Clock.Elapsed;
        _connection = await client.AttachAsync(secure, cancellationToken);
        await published;
        return new LinkPhases(up - started, connected - up, secured - connected, Clock.Elapsed - secured);
    }

    /// <summary>A connected client on an idle link.</summary>
    internal async Task<MqttClient> ConnectAsync(CancellationToken cancellationToken) =>
        await MqttClient.ConnectAsync(
            await SecureAsync(await ConnectTcpAsync(cancellationToken), cancellationToken), MqttOptions, cancellationToken);

    /// <summary>Ends when the next message, or the next on a topic, reaches the broker.</summary>
    internal Task NextArrivalAsync(string? topic = null)
    {
        _awaitedTopic = topic;
        return (_arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Lets go of the modem: the next connection opens it anew, with its data connection.</summary>
    internal async Task RestartModemAsync()
    {
        if (_modem is { } modem)
        {
            _modem = null;
            await modem.DisposeAsync();
        }
    }

    /// <summary>The transcript is written up to here.</summary>
    internal void FlushTranscript() => _recorder?.Flush();

    /// <summary>The next handshake is a full one.</summary>
    internal void ForgetSessions() => _sessions = new TlsInMemorySessionCache();

    /// <summary>The broker hangs up, and the client of <see cref="PublishFirstAsync"/> has noticed.</summary>
    internal async Task LoseConnectionAsync(CancellationToken cancellationToken)
    {
        _broker.DropConnections();
        await _connection!.Closed.WaitAsync(cancellationToken);
    }

    /// <summary>Runs what is measured between two looks at clock and counters.</summary>
    internal async Task<(TimeSpan Time, LinkCounts Counts)> MeasureAsync(Func<Task> what)
    {
        var (before, start) = (Counts, Clock.Elapsed);
        await what();
        return (Clock.Elapsed - start, Counts - before);
    }

    public async ValueTask DisposeAsync()
    {
        if (_modem is not null)
        {
            await _modem.DisposeAsync();
        }

        await _device.DisposeAsync();
        await _broker.DisposeAsync();
        Clock.Dispose();
    }

    private void OnPublished(LoopbackMessage message)
    {
        if (_awaitedTopic is null || string.Equals(message.Topic, _awaitedTopic, StringComparison.Ordinal))
        {
            _arrival?.TrySetResult();
        }
    }

    private async Task<IDuplexPipe> SecureAsync(ModemTcpConnection tcp, CancellationToken cancellationToken)
    {
        if (_security == LinkSecurity.Plain)
        {
            return tcp;
        }

        var connection = await TlsConnection.ConnectAsync(
            new RecordCountingTransport(tcp, _recordsSent, _recordsReceived), TlsOptions(), cancellationToken);
        _tls = connection.Info;
        return connection;
    }

    private Func<IDuplexPipe, CancellationToken, Task> Serve() =>
        _security == LinkSecurity.EcdhePsk
            ? new Psk.PskServer(_broker.ServeAsync).ServeAsync
            : _broker.ServeAsync;

    private TlsClientOptions TlsOptions() => new()
    {
        ServerName = _serverName,
        Port = Port,
        Engine = _security == LinkSecurity.Tls13 ? TlsEngine.Platform : TlsEngine.BouncyCastle,
        Preference = _security == LinkSecurity.Tls13 ? TlsPreference.NewestVersion : TlsPreference.FewestBytes,
        PreSharedKey = _security == LinkSecurity.EcdhePsk ? new TlsPreSharedKey(Psk.EcdhePskServer.Identity, Psk.EcdhePskServer.Key) : null,
        Trust = _security == LinkSecurity.EcdhePsk ? TlsTrust.System : TlsTrust.FromPem(_broker.CertificateAuthorityPem),
        SessionCache = _security == LinkSecurity.Tls13 ? null : _sessions,
        TimeProvider = Clock,
    };
}
