using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using Sim800.Modem;
using Sim800.Mqtt;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Benchmarks.Fleet;

/// <summary>Many gateways in one process, each with a virtual modem of its own and a client, and one broker over TLS, in virtual time.</summary>
internal sealed class FleetRig : IAsyncDisposable
{
    private const string Host = "broker.example";
    private const int Port = 8883;
    private readonly InMemoryNetwork _network = new();
    private readonly LoopbackBroker _broker;
    private readonly TlsTrust _trust;
    private readonly List<(VirtualModem Device, Sim800MqttClient Client, Handshakes Handshakes)> _gateways = [];
    private readonly ConcurrentQueue<TimeSpan> _accepted = new();

    internal FleetRig()
    {
        _broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Listen = false, Tls = true, ServerNames = [Host], TimeProvider = Clock });
        _trust = TlsTrust.FromPem(_broker.CertificateAuthorityPem);
        _network.Serve(Host, 1, static (_, _) => Task.CompletedTask); // the name stays, whoever serves behind it
        StartBroker();
    }

    internal VirtualClock Clock { get; } = new();

    /// <summary>When connections reached the broker.</summary>
    internal IReadOnlyList<TimeSpan> Accepted => [.. _accepted];

    internal int Connected => _gateways.Count(gateway => gateway.Client.Status.State == MqttClientState.Connected);

    /// <summary>Handshakes of all gateways, full and resumed.</summary>
    internal (int Full, int Resumed) HandshakeCounts =>
        (_gateways.Sum(gateway => gateway.Handshakes.Full), _gateways.Sum(gateway => gateway.Handshakes.Resumed));

    /// <summary>So many more gateways, connected.</summary>
    internal async Task AddAsync(int count, double jitter, CancellationToken cancellationToken)
    {
        const int AtOnce = 50; // more would wait for the processor with timers that run
        for (var added = 0; added < count; added += AtOnce)
        {
            var first = _gateways.Count;
            await Task.WhenAll(Enumerable.Range(first, Math.Min(AtOnce, count - added)).Select(number => ConnectAsync(number, jitter, cancellationToken)));
        }
    }

    /// <summary>kill -9: everybody loses the connection, and the next ones are refused.</summary>
    /// <param name="keepsTicketKeys">Whether the server that starts again takes the tickets of this one.</param>
    internal void KillBroker(bool keepsTicketKeys)
    {
        _network.Remove(Host, Port);
        if (!keepsTicketKeys)
        {
            _broker.ChangeCertificate(keepsAuthority: true);
        }

        _broker.RestartFromStore();
    }

    internal void StartBroker() => _network.Serve(Host, Port, ServeAsync);

    public async ValueTask DisposeAsync()
    {
        foreach (var (device, client, _) in _gateways)
        {
            await client.DisposeAsync();
            await device.DisposeAsync();
        }

        await _broker.DisposeAsync();
        Clock.Dispose();
    }

    private async Task ServeAsync(IDuplexPipe transport, CancellationToken cancellationToken)
    {
        _accepted.Enqueue(Clock.Elapsed);
        await _broker.ServeAsync(transport, cancellationToken);
    }

    private async Task ConnectAsync(int number, double jitter, CancellationToken cancellationToken)
    {
        var device = VirtualModem.Create(new VirtualModemOptions
        {
            BaudRate = 115_200,
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            CommandDelay = TimeSpan.FromMilliseconds(5),
            Seed = number,
            Network = _network,
            TimeProvider = Clock,
        });
        var handshakes = new Handshakes();
        var client = await Sim800MqttClient.ConnectAsync(
            device.Line,
            new Sim800MqttClientOptions
            {
                Host = Host,
                Port = Port,
                Modem = new ModemOptions { Apn = "internet", TimeProvider = Clock },
                Tls = new TlsClientOptions { ServerName = Host, Trust = _trust, TimeProvider = Clock },
                Mqtt = new MqttClientOptions
                {
                    ClientId = string.Create(CultureInfo.InvariantCulture, $"gateway-{number:00000}"),
                    KeepAlive = TimeSpan.FromMinutes(20),
                    TimeProvider = Clock,
                },
                Reconnect = new Sim800ReconnectOptions { Jitter = jitter },
                Progress = handshakes,
                TimeProvider = Clock,
            },
            cancellationToken);
        lock (_gateways)
        {
            _gateways.Add((device, client, handshakes));
        }
    }

    /// <summary>What one gateway's handshakes were.</summary>
    private sealed class Handshakes : IProgress<Sim800Progress>
    {
        private int _full;
        private int _resumed;

        internal int Full => Volatile.Read(ref _full);

        internal int Resumed => Volatile.Read(ref _resumed);

        public void Report(Sim800Progress value)
        {
            if (value is { Stage: Sim800Stage.Tls, Kind: Sim800ProgressKind.Completed })
            {
                _ = value.Detail?.EndsWith("resumed", StringComparison.Ordinal) is true ? Interlocked.Increment(ref _resumed) : Interlocked.Increment(ref _full);
            }
        }
    }
}
