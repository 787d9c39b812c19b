using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Sim800.Simulator;
using Sim800.Tls;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A broker, a virtual modem and the options to reach the one through the other, all in memory and on one clock.</summary>
internal sealed class Rig : IAsyncDisposable
{
    internal const string Host = "broker.test";

    private readonly InMemoryNetwork _network = new();
    private readonly ConcurrentBag<Relay> _relays = [];
    private readonly Dictionary<string, int> _received = new(StringComparer.Ordinal);

    internal Rig(TimeProvider? clock = null, VirtualModemOptions? modem = null, LoopbackBrokerOptions? broker = null)
    {
        Clock = clock ?? TimeProvider.System;
        BrokerOptions = (broker ?? new LoopbackBrokerOptions()) with
        {
            Listen = false,
            ServerNames = [Host],
            TimeProvider = Clock,
            OnPublished = Note,
        };
        Broker = LoopbackBroker.Start(BrokerOptions);
        Serve();
        Modem = VirtualModem.Create((modem ?? Fast) with { Network = _network, TimeProvider = Clock });
    }

    /// <summary>As fast as the virtual modem can be.</summary>
    internal static VirtualModemOptions Fast { get; } = new()
    {
        BaudRate = 921_600,
        CommandDelay = TimeSpan.Zero,
        RegistrationTime = TimeSpan.Zero,
        BootTime = TimeSpan.FromMilliseconds(50),
    };

    internal TimeProvider Clock { get; }

    /// <summary>For a second modem with the same world behind it.</summary>
    internal InMemoryNetwork Network => _network;

    internal LoopbackBrokerOptions BrokerOptions { get; }

    internal LoopbackBroker Broker { get; private set; }

    internal VirtualModem Modem { get; }

    /// <summary>The ports that lead to the broker.</summary>
    internal static int[] Ports { get; } = [1883, 8883, 8884, 443, 8083];

    /// <summary>How often the broker was given each payload.</summary>
    internal IReadOnlyDictionary<string, int> Received
    {
        get
        {
            lock (_received)
            {
                return new Dictionary<string, int>(_received, StringComparer.Ordinal);
            }
        }
    }

    internal Sim800MqttClientOptions Options => new()
    {
        Host = Host,
        Port = BrokerOptions.Tls ? 8883 : 1883,
        Modem = new Modem.ModemOptions { Apn = "internet", BaudRate = 921_600 },
        Tls = BrokerOptions.Tls
            ? new TlsClientOptions { ServerName = Host, Trust = TlsTrust.FromPem(Broker.CertificateAuthorityPem) }
            : null,
        Mqtt = new MqttClientOptions { ClientId = "gateway", CleanSession = false, KeepAlive = TimeSpan.FromSeconds(30) },
        Reconnect = new Sim800ReconnectOptions { FirstDelay = TimeSpan.FromMilliseconds(100), Jitter = 0 },
        TimeProvider = Clock,
    };

    /// <summary>Something else than the broker answers at the port.</summary>
    internal void Serve(int port, Func<IDuplexPipe, CancellationToken, Task> serve) => _network.Serve(Host, port, serve);

    /// <summary>Nothing arrives any more on the connections there are, in either direction, and nobody is told.</summary>
    internal void FreezeConnections()
    {
        foreach (var relay in _relays)
        {
            relay.Freeze();
        }
    }

    /// <summary>The broker forgets all and is there again.</summary>
    internal async Task RestartBrokerAsync()
    {
        await Broker.DisposeAsync();
        Broker = LoopbackBroker.Start(BrokerOptions);
        Serve();
    }

    internal Task<Sim800MqttClient> ConnectAsync(Sim800MqttClientOptions? options = null) =>
        Sim800MqttClient.ConnectAsync(Modem.Line, options ?? Options, TestContext.Current.CancellationToken);

    /// <summary>Connects at the first attempt or not at all.</summary>
    internal Task<Sim800MqttClient> ConnectOnceAsync(Sim800MqttClientOptions options) =>
        ConnectAsync(options with { Reconnect = options.Reconnect with { FailFast = true } });

    public async ValueTask DisposeAsync()
    {
        await Modem.DisposeAsync();
        await Broker.DisposeAsync();
    }

    private void Serve()
    {
        foreach (var port in Ports)
        {
            _network.Serve(Host, port, RelayAsync);
        }
    }

    private Task RelayAsync(IDuplexPipe pipe, CancellationToken cancellationToken)
    {
        var relay = new Relay(pipe, Broker);
        _relays.Add(relay);
        return relay.RunAsync(cancellationToken);
    }

    private void Note(LoopbackMessage message)
    {
        lock (_received)
        {
            var text = Encoding.UTF8.GetString(message.Payload.Span);
            _received[text] = _received.GetValueOrDefault(text) + 1;
        }
    }
}
