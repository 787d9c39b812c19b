using System.Globalization;
using TestKit;

namespace Sim800.Tls.Tests.Peers;

/// <summary><c>openssl s_server -rev</c>: sends every line back reversed.</summary>
public sealed class OpenSslServer : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private OpenSslServer(PeerProcess process)
    {
        _process = process;
        Port = int.Parse(process.LineWith("ACCEPT").Split(':')[^1], CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    public static Task<OpenSslServer> StartAsync(TestAuthority authority, params string[] arguments)
    {
        var folder = PeerProcess.CreateFolder();
        string[] certificate =
        [
            "-cert", PeerProcess.WriteFile(folder, "server.pem", authority.Server.ExportCertificatePem()),
            "-key", PeerProcess.WriteFile(folder, "server.key", authority.ServerKeyPem),
            "-cert_chain", PeerProcess.WriteFile(folder, "chain.pem", authority.ServerChainPem),
            "-CAfile", PeerProcess.WriteFile(folder, "root.pem", authority.RootPem),
        ];
        return StartAsync(folder, [.. certificate, .. arguments]);
    }

    public static Task<OpenSslServer> StartWithKeyAsync(string identity, string key, params string[] arguments) =>
        StartAsync(PeerProcess.CreateFolder(), ["-nocert", "-psk_identity", identity, "-psk", key, .. arguments]);

    public Task<CountingTransport> ConnectAsync() => CountingTransport.ConnectAsync(Port, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<OpenSslServer> StartAsync(DirectoryInfo folder, string[] arguments)
    {
        string[] all = ["s_server", "-accept", "127.0.0.1:0", "-rev", .. arguments];
        return new OpenSslServer(await PeerProcess.StartAsync(
            Tool.PathOf("openssl"), all, folder, line => line.StartsWith("ACCEPT", StringComparison.Ordinal)));
    }
}
