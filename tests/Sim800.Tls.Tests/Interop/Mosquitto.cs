using System.Globalization;
using Sim800.Tls.Tests.Peers;
using TestKit;

namespace Sim800.Tls.Tests.Interop;

/// <summary>A mosquitto of its own, on a port of its own.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private Mosquitto(PeerProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    internal int Port { get; }

    internal string Output => _process.Output;

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <param name="configure">Gives lines of configuration for the listener; files go into the folder.</param>
    internal static async Task<Mosquitto> StartAsync(Func<DirectoryInfo, string[]> configure)
    {
        var program = Tool.PathOf("mosquitto");
        var folder = PeerProcess.CreateFolder();
        var port = FreePort.Next();

        // Started by root it would give up the right to read its files.
        string[] lines = ["user root", string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1"), .. configure(folder)];
        var configuration = PeerProcess.WriteFile(folder, "mosquitto.conf", string.Join('\n', lines) + "\n");
        var process = await PeerProcess.StartAsync(
            program, ["-v", "-c", configuration], folder, line => line.EndsWith(" running", StringComparison.Ordinal));
        return new Mosquitto(process, port);
    }
}
