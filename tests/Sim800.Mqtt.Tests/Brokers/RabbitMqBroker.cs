using System.Diagnostics;
using Sim800.Mqtt.Tests.Composition;
using Sim800.Simulator;
using Sim800.Tls;
using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>
/// A RabbitMQ node of its own for the classes of <see cref="RabbitMqDefinition"/>: own name, ports, cookie and folder; plain
/// and TLS listeners, and the map that makes a virtual modem find them.
/// </summary>
public sealed class RabbitMqBroker : IAsyncLifetime
{
    internal const string Host = "rabbitmq.test";

    // The one in the path insists on a user of its own; this is what it starts.
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("rabbitmq").FullName;
    private readonly int _epmdPort = FreePort.Next();
    private readonly TestAuthority _authority = new(Host);
    private ServerProcess? _process;

    public int Port { get; } = FreePort.Next();

    internal int TlsPort { get; } = FreePort.Next();

    internal SocketNetwork Network => new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [$"{Host}:1883"] = $"127.0.0.1:{Port}",
        [$"{Host}:8883"] = $"127.0.0.1:{TlsPort}",
    });

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Server))
        {
            return;
        }

        await WriteAsync("authority.pem", _authority.AuthorityPem);
        await WriteAsync("server.pem", _authority.CertificatePem);
        await WriteAsync("server.key", _authority.KeyPem);
        await WriteAsync("rabbitmq.conf", Configuration());
        await WriteAsync("enabled_plugins", "[rabbitmq_mqtt].\n");
        _process = Start(Server);
        await ListenerProbe.WaitAsync(Port, TimeSpan.FromSeconds(120));
        await ListenerProbe.WaitAsync(TlsPort, TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            await using var epmd = Start("epmd", "-port", $"{_epmdPort}", "-kill");
            await epmd.EndedAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>How to be sure of this node. The TLS of Erlang/OTP 25 has no extended master secret (RFC 7627).</summary>
    internal TlsClientOptions Tls(TlsEngine engine) => new()
    {
        ServerName = Host,
        Engine = engine,
        Trust = TlsTrust.FromPem(_authority.AuthorityPem),
        RequireExtendedMasterSecret = false,
    };

    private string Configuration() =>
        "listeners.tcp = none\nlog.console = false\n"
        + $"mqtt.listeners.tcp.1 = 127.0.0.1:{Port}\n"
        + $"mqtt.listeners.ssl.1 = 127.0.0.1:{TlsPort}\n"
        + $"ssl_options.cacertfile = {Path.Combine(_folder, "authority.pem")}\n"
        + $"ssl_options.certfile = {Path.Combine(_folder, "server.pem")}\n"
        + $"ssl_options.keyfile = {Path.Combine(_folder, "server.key")}\n"
        + "ssl_options.verify = verify_none\nssl_options.fail_if_no_peer_cert = false\n";

    private ServerProcess Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        Set("HOME", _folder);
        Set("RABBITMQ_NODENAME", $"sim800-{Port}@localhost");
        Set("RABBITMQ_DIST_PORT", $"{FreePort.Next()}");
        Set("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "mnesia"));
        Set("RABBITMQ_LOG_BASE", Path.Combine(_folder, "log"));
        Set("RABBITMQ_PID_FILE", Path.Combine(_folder, "pid"));
        Set("RABBITMQ_CONFIG_FILE", Path.Combine(_folder, "rabbitmq.conf"));
        Set("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder, "enabled_plugins"));
        Set("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        Set("ERL_EPMD_PORT", $"{_epmdPort}");
        Set("ERL_EPMD_ADDRESS", "127.0.0.1");
        return ServerProcess.Start(start);

        void Set(string name, string value) => start.Environment[name] = value;
    }

    private Task WriteAsync(string name, string content) =>
        File.WriteAllTextAsync(Path.Combine(_folder, name), content, TestContext.Current.CancellationToken);
}
