using System.Diagnostics;
using TestKit;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>An aedes of its own for one test class, on a port of its own.</summary>
public sealed class AedesBroker : IAsyncLifetime
{
    private const string Program = """
        import net from 'node:net';
        import { Aedes } from 'aedes';
        const broker = await Aedes.createBroker();
        net.createServer(broker.handle).listen(Number(process.argv[1]), '127.0.0.1');
        """;

    private ServerProcess? _process;

    public int Port { get; } = FreePort.Next();

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(NodePackage.FolderOf("aedes")) || Tool.Find("node") is not { } node)
        {
            return;
        }

        _process = ServerProcess.Start(new ProcessStartInfo(node, ["--input-type=module", "-e", Program, $"{Port}"]) { WorkingDirectory = NodePackage.Installation });
        await ListenerProbe.WaitAsync(Port, TimeSpan.FromSeconds(60));
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
