using Sim800.Mqtt.Tests.Brokers;
using Sim800.Simulator;
using TestKit;

namespace Sim800.Mqtt.Tests.Composition;

/// <summary>A mosquitto with plain, TLS and WebSocket listeners, each open and once more guarded, and the map that makes a virtual
/// modem find them.</summary>
public sealed class MosquittoOverModem : IAsyncLifetime
{
    internal const string Host = "mosquitto.test";

    /// <summary>The guarded listeners let nobody in.</summary>
    internal const int GuardedPort = 11883;
    internal const int GuardedTlsPort = 18883;
    internal const int GuardedWebSocketPort = 18083;

    private readonly string _folder = Directory.CreateTempSubdirectory("mosquitto").FullName;
    private readonly TestAuthority _authority = new(Host);
    private readonly Dictionary<int, int> _ports = new()
    {
        [1883] = FreePort.Next(),
        [8883] = FreePort.Next(),
        [8083] = FreePort.Next(),
        [8084] = FreePort.Next(),
        [GuardedPort] = FreePort.Next(),
        [GuardedTlsPort] = FreePort.Next(),
        [GuardedWebSocketPort] = FreePort.Next(),
    };

    private ServerProcess? _process;

    internal string AuthorityPem => _authority.AuthorityPem;

    internal SocketNetwork Network => new(_ports.ToDictionary(
        pair => $"{Host}:{pair.Key}", pair => $"127.0.0.1:{pair.Value}", StringComparer.OrdinalIgnoreCase));

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/sbin/mosquitto"))
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "server.pem"), _authority.CertificatePem, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "server.key"), _authority.KeyPem, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "mosquitto.conf"), Configuration(), TestContext.Current.CancellationToken);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task StartAsync()
    {
        _process = ServerProcess.Start("/usr/sbin/mosquitto", "-c", Path.Combine(_folder, "mosquitto.conf"));
        foreach (var port in _ports.Values)
        {
            await ListenerProbe.WaitAsync(port, TimeSpan.FromSeconds(60));
        }
    }

    internal async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    private string Configuration()
    {
        var tls = $"certfile {Path.Combine(_folder, "server.pem")}\nkeyfile {Path.Combine(_folder, "server.key")}\n";
        const string WebSockets = "protocol websockets\n";
        return "per_listener_settings true\nmax_queued_messages 0\nuser root\n"
            + Listener(1883, "", isOpen: true)
            + Listener(8883, tls, isOpen: true)
            + Listener(8083, WebSockets, isOpen: true)
            + Listener(8084, WebSockets + tls, isOpen: true)
            + Listener(GuardedPort, "", isOpen: false)
            + Listener(GuardedTlsPort, tls, isOpen: false)
            + Listener(GuardedWebSocketPort, WebSockets, isOpen: false);
    }

    private string Listener(int port, string settings, bool isOpen) =>
        $"listener {_ports[port]} 127.0.0.1\nallow_anonymous {(isOpen ? "true" : "false")}\n{settings}";
}
