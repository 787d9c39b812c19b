using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>A mosquitto of its own for one test class, on a port of its own.</summary>
public sealed class MosquittoBroker : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mosquitto").FullName;
    private ServerProcess? _process;

    private readonly string _settings;

    public MosquittoBroker()
        : this("")
    {
    }

    /// <param name="settings">Further lines of its configuration.</param>
    internal MosquittoBroker(string settings) => _settings = settings;

    public int Port { get; } = FreePort.Next();

    public async ValueTask InitializeAsync()
    {
        var program = FindProgram();
        if (program is null)
        {
            return;
        }

        var configuration = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"listener {Port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n{_settings}",
            TestContext.Current.CancellationToken);
        _process = ServerProcess.Start(program, "-c", configuration);
        await ListenerProbe.WaitAsync(Port, TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static string? FindProgram() =>
        new[] { "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto" }.FirstOrDefault(File.Exists);
}
