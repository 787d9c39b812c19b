using System.IO.Pipelines;
using System.Net.Sockets;
using Sim800.Simulator.Broker;
using Sim800.Simulator.Broker.Codec;
using Sim800.Simulator.Broker.Sessions;

namespace Sim800.Simulator;

/// <summary>
/// An MQTT 3.1.1 broker on the loopback interface: a test double for demonstrations and tests, not a broker to run a
/// plant on. It keeps everything in memory, compares every message with every subscription, and forgets all at its end.
/// What it does, it does as the specification says: QoS 0, 1 and 2 in both directions, retained messages, wildcards, wills,
/// persistent sessions, keep-alive, user and password, and TLS that can demand the server name as a shared cluster does.
/// A client that breaks the protocol loses its connection; nobody else notices.
/// </summary>
/// <example>
/// <code>
/// await using var broker = LoopbackBroker.Start();
/// await using var modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions
/// {
///     Network = SocketNetwork.FromMap([$"broker.example.com:1883=127.0.0.1:{broker.Port}"]),
/// });
/// </code>
/// </example>
public sealed class LoopbackBroker : IAsyncDisposable
{
    private readonly BrokerCore _core;
    private readonly BrokerTls? _tls;
    private readonly BrokerServer _server;
    private readonly BrokerListener? _listener;
    private readonly CancellationTokenSource _stopping = new();

    private LoopbackBroker(LoopbackBrokerOptions options)
    {
        _core = new BrokerCore(options);
        _tls = options.Tls ? new BrokerTls(options) : null;
        _server = new BrokerServer(_core, _tls);
        _listener = options.Listen ? new BrokerListener(_core, _server, _stopping.Token) : null;
    }

    /// <summary>The port on 127.0.0.1 it listens on.</summary>
    /// <exception cref="InvalidOperationException">The broker does not listen.</exception>
    public int Port =>
        _listener?.Port ?? throw new InvalidOperationException("The broker was started without a port; set LoopbackBrokerOptions.Listen.");

    /// <summary>The certificate a client must trust, in PEM.</summary>
    /// <exception cref="InvalidOperationException">The broker does not speak TLS.</exception>
    public string CertificateAuthorityPem =>
        _tls?.AuthorityPem ?? throw new InvalidOperationException("The broker was started without TLS; set LoopbackBrokerOptions.Tls.");

    /// <summary>What it has seen so far.</summary>
    public LoopbackBrokerCounters Counters => _core.Counters;

    /// <summary>Starts a broker; it listens when this returns.</summary>
    /// <param name="options">How it behaves; <c>null</c> for no TLS, no password and a free port.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static LoopbackBroker Start(LoopbackBrokerOptions? options = null)
    {
        options ??= new LoopbackBrokerOptions();
        Validate(options);
        try
        {
            return new LoopbackBroker(options);
        }
        catch (SocketException e)
        {
            throw new IOException(
                $"The broker cannot listen on 127.0.0.1:{options.Port}: {e.Message}. Give another port, or 0 for a free one.", e);
        }
    }

    /// <summary>Publishes a message as if a client had.</summary>
    /// <param name="topic">The topic name, without wildcards.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="qos">0, 1 or 2.</param>
    /// <param name="retain">Whether it is kept for later subscribers; with an empty payload, the kept one is forgotten.</param>
    /// <exception cref="ArgumentException">The topic is empty or has a wildcard, or the QoS is not 0, 1 or 2.</exception>
    public void Publish(string topic, ReadOnlyMemory<byte> payload, int qos = 0, bool retain = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ArgumentOutOfRangeException.ThrowIfNegative(qos);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(qos, 2);
        if (!TopicFilter.IsTopicName(topic))
        {
            throw new ArgumentException("A topic name has no wildcard.", nameof(topic));
        }

        lock (_core.Gate)
        {
            _core.Router.Publish(new Application(topic, payload.ToArray(), qos, retain));
        }
    }

    /// <summary>Cuts every open connection without a word, as a failing network does. New ones are accepted.</summary>
    /// <returns>How many were cut.</returns>
    public int DropConnections() => _core.OpenConnections.Count(static connection => connection.Cut());

    /// <summary>What the broker would have on disk now: retained messages and persistent sessions with all they keep.</summary>
    public LoopbackBrokerSnapshot TakeSnapshot() => new(_core.Copy());

    /// <summary>
    /// Dies and starts again, at one stroke: every connection is cut without a will, and known is only what the snapshot holds. With one
    /// taken just before, nothing is lost; with an older one, packet identifiers come again that clients remember.
    /// </summary>
    /// <param name="stored">What is found on disk; <c>null</c> (default) where nothing is kept there.</param>
    /// <returns>How many connections were cut.</returns>
    public int Restart(LoopbackBrokerSnapshot? stored = null) => _core.Restart(stored?.State).Count(static connection => connection.Cut());

    /// <summary>As <see cref="Restart"/>, with all that is on disk at that moment.</summary>
    /// <returns>How many connections were cut.</returns>
    public int RestartFromStore() => _core.RestartFromStore().Count(static connection => connection.Cut());

    /// <summary>Shows another certificate from the next handshake on.</summary>
    /// <param name="keepsAuthority">
    /// <c>true</c>: issued by the same authority, as at a renewal; <c>false</c> (default): by another, which is then
    /// <see cref="CertificateAuthorityPem"/>.
    /// </param>
    /// <exception cref="InvalidOperationException">The broker does not speak TLS.</exception>
    public void ChangeCertificate(bool keepsAuthority = false) =>
        (_tls ?? throw new InvalidOperationException("The broker was started without TLS; set LoopbackBrokerOptions.Tls.")).ChangeCertificate(keepsAuthority);

    /// <summary>
    /// Serves one client over <paramref name="transport"/>, with TLS when the broker speaks it, and completes when the
    /// connection has ended, for whatever reason. Both halves of the transport are then completed.
    /// </summary>
    /// <param name="transport">The broker's end of an in-memory line.</param>
    /// <param name="cancellationToken">Cuts the connection.</param>
    public async Task ServeAsync(IDuplexPipe transport, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellationToken);
        await _server.ServeAsync(transport, either.Token).ConfigureAwait(false);
    }

    /// <summary>Cuts all connections, those over <see cref="ServeAsync"/> too, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_listener is not null)
        {
            await _listener.DisposeAsync().ConfigureAwait(false);
        }

        _tls?.Dispose();
        _stopping.Dispose();
    }

    private static void Validate(LoopbackBrokerOptions options)
    {
        Require(options.Port is >= 0 and <= ushort.MaxValue, "The port is 0 to 65535.", nameof(options));
        Require(options.MaxPacketSize >= 16, "The largest packet is 16 bytes or more.", nameof(options));
        Require(options.MaxInFlight is >= 1 and <= 1000, "The in-flight window is 1 to 1000 messages.", nameof(options));
        Require(options.MaxQueued >= 1, "The queue holds one message or more.", nameof(options));
        Require(options.ConnectTimeout > TimeSpan.Zero, "The connect time-out is longer than nothing.", nameof(options));
        Require(options.ServerNames.Count > 0, "The certificate needs a server name.", nameof(options));
    }

    private static void Require(bool isMet, string requirement, string parameter)
    {
        if (!isMet)
        {
            throw new ArgumentException(requirement, parameter);
        }
    }
}

/// <summary>What a <see cref="LoopbackBroker"/> had stored at one moment, to restart it from.</summary>
public sealed class LoopbackBrokerSnapshot
{
    internal LoopbackBrokerSnapshot(MessageRouter state) => State = state;

    internal MessageRouter State { get; }
}
