using System.Globalization;
using TestKit;

namespace Sim800.Tls.Tests.Peers;

/// <summary>A mosquitto with one TLS listener.</summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    /// <summary>CONNECT of MQTT 3.1.1, clean session, keep-alive 60 s, client id "tls".</summary>
    private static readonly byte[] Connect = [0x10, 15, 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, 3, .. "tls"u8];

    /// <summary>The bytes of a CONNECT.</summary>
    internal static int GreetingLength => Connect.Length;

    private readonly PeerProcess _process;

    private MosquittoBroker(PeerProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>With certificates; <paramref name="lines"/> go into the configuration, where {folder} is where root.pem is.</summary>
    public static Task<MosquittoBroker> StartAsync(TestAuthority authority, params string[] lines)
    {
        var folder = PeerProcess.CreateFolder();
        PeerProcess.WriteFile(folder, "root.pem", authority.RootPem);
        return StartAsync(
            folder,
            [
                $"certfile {PeerProcess.WriteFile(folder, "chain.pem", authority.ServerChainPem)}",
                $"keyfile {PeerProcess.WriteFile(folder, "server.key", authority.ServerKeyPem)}",
                .. lines.Select(line => line.Replace("{folder}", folder.FullName, StringComparison.Ordinal)),
            ]);
    }

    public static Task<MosquittoBroker> StartWithKeyAsync(string identity, string key)
    {
        var folder = PeerProcess.CreateFolder();
        return StartAsync(
            folder, [$"psk_file {PeerProcess.WriteFile(folder, "psk", $"{identity}:{key}\n")}", "psk_hint hint"]);
    }

    public Task<CountingTransport> ConnectAsync() => CountingTransport.ConnectAsync(Port, TestContext.Current.CancellationToken);

    /// <summary>Sends CONNECT and gives what comes back: 20 02 00 00 when the broker is content.</summary>
    public static async Task<byte[]> GreetAsync(TlsConnection connection)
    {
        var cancel = TestContext.Current.CancellationToken;
        await connection.Output.WriteAsync(Connect, cancel);
        var result = await connection.Input.ReadAtLeastAsync(4, cancel);
        var answer = System.Buffers.BuffersExtensions.ToArray(result.Buffer);
        connection.Input.AdvanceTo(result.Buffer.End);
        return answer;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<MosquittoBroker> StartAsync(DirectoryInfo folder, IEnumerable<string> lines)
    {
        var port = FreePort.Next();
        string[] all = [string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1"), "allow_anonymous true", "user root", .. lines];
        var configuration = PeerProcess.WriteFile(folder, "mosquitto.conf", string.Join('\n', all) + "\n");
        var process = await PeerProcess.StartAsync(Tool.PathOf("mosquitto"), ["-c", configuration, "-v"], folder, port);
        return new MosquittoBroker(process, port);
    }
}
