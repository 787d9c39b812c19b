using System.Globalization;
using Sim800.Tls.Tests.Peers;
using TestKit;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Interop.Haproxy;

/// <summary>
/// Two brokers behind one address, as a cloud runs its tenants: haproxy reads the name in the ClientHello and passes the
/// connection on, or ends TLS itself. Without a name it knows there is no broker.
/// </summary>
internal sealed class HaproxyCluster : IAsyncDisposable
{
    /// <summary>Its broker takes anybody: CONNACK 0.</summary>
    internal const string OpenTenant = "open.cluster.example.org";

    /// <summary>Its broker takes nobody without a password: CONNACK 5.</summary>
    internal const string ClosedTenant = "closed.cluster.example.org";

    private readonly Mosquitto _open;
    private readonly Mosquitto _closed;
    private readonly PeerProcess _haproxy;

    private HaproxyCluster(Mosquitto open, Mosquitto closed, PeerProcess haproxy, int port)
    {
        _open = open;
        _closed = closed;
        _haproxy = haproxy;
        Port = port;
    }

    internal int Port { get; }

    /// <summary>haproxy leaves TLS to the brokers.</summary>
    internal static async Task<HaproxyCluster> StartPassingAsync()
    {
        var open = await Mosquitto.StartAsync(folder => [.. Tls(folder, OpenTenant), "allow_anonymous true"]);
        var closed = await Mosquitto.StartAsync(folder => [.. Tls(folder, ClosedTenant), "allow_anonymous false"]);
        return await StartAsync(open, closed, (_, port) =>
        [
            $"  bind 127.0.0.1:{port}",
            "  tcp-request inspect-delay 5s",
            "  tcp-request content accept if { req.ssl_hello_type 1 }",
            $"  use_backend open if {{ req.ssl_sni -i {OpenTenant} }}",
            $"  use_backend closed if {{ req.ssl_sni -i {ClosedTenant} }}",
        ]);
    }

    /// <summary>haproxy ends TLS with a certificate for each name, and refuses other names (strict-sni).</summary>
    internal static async Task<HaproxyCluster> StartEndingAsync(string tlsOptions = "")
    {
        var open = await Mosquitto.StartAsync(_ => ["allow_anonymous true"]);
        var closed = await Mosquitto.StartAsync(_ => ["allow_anonymous false"]);
        return await StartAsync(open, closed, (folder, port) =>
        {
            var certificates = folder.CreateSubdirectory("certificates");
            foreach (var (name, key) in new[] { (OpenTenant, TestKey.Server), (ClosedTenant, TestKey.Rsa2048) })
            {
                var (chain, keyPem) = BrokerPki.Server(key, name);
                PeerProcess.WriteFile(certificates, name + ".pem", chain + keyPem);
            }

            return
            [
                $"  bind 127.0.0.1:{port} ssl crt {certificates.FullName} strict-sni {tlsOptions}",
                $"  use_backend open if {{ ssl_fc_sni -i {OpenTenant} }}",
                $"  use_backend closed if {{ ssl_fc_sni -i {ClosedTenant} }}",
            ];
        });
    }

    internal Task<CountingTransport> ConnectAsync() => CountingTransport.ConnectAsync(Port, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _haproxy.DisposeAsync();
        await _open.DisposeAsync();
        await _closed.DisposeAsync();
    }

    private static string[] Tls(DirectoryInfo folder, string name)
    {
        var (chain, key, _) = BrokerPki.Write(folder, TestKey.Server, name);
        return [$"certfile {chain}", $"keyfile {key}"];
    }

    private static async Task<HaproxyCluster> StartAsync(
        Mosquitto open, Mosquitto closed, Func<DirectoryInfo, int, string[]> frontend)
    {
        var program = Tool.PathOf("haproxy");
        var folder = PeerProcess.CreateFolder();
        var port = FreePort.Next();
        string[] lines =
        [
            "global",
            "  maxconn 100",
            "defaults",
            "  mode tcp",
            "  timeout connect 5s",
            "  timeout client 30s",
            "  timeout server 30s",
            "frontend brokers",
            .. frontend(folder, port),
            "backend open",
            string.Create(CultureInfo.InvariantCulture, $"  server one 127.0.0.1:{open.Port}"),
            "backend closed",
            string.Create(CultureInfo.InvariantCulture, $"  server one 127.0.0.1:{closed.Port}"),
        ];
        var configuration = PeerProcess.WriteFile(folder, "haproxy.cfg", string.Join('\n', lines) + "\n");
        return new(open, closed, await PeerProcess.StartAsync(program, ["-db", "-f", configuration], folder, port), port);
    }
}
