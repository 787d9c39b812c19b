using System.Diagnostics;

namespace Sim800.Mqtt.Tests.Brokers;

/// <summary>A RabbitMQ node of its own for one test class: own name, ports, cookie and folder.</summary>
public sealed class RabbitMqBroker : IAsyncLifetime
{
    // The one in the path insists on a user of its own; this is what it starts.
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly string _folder = Directory.CreateTempSubdirectory("rabbitmq").FullName;
    private readonly int _epmdPort = MosquittoBroker.FreePort();
    private Process? _process;

    public int Port { get; } = MosquittoBroker.FreePort();

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Server))
        {
            return;
        }

        await WriteAsync("rabbitmq.conf", $"listeners.tcp = none\nmqtt.listeners.tcp.1 = 127.0.0.1:{Port}\nlog.console = false\n");
        await WriteAsync("enabled_plugins", "[rabbitmq_mqtt].\n");
        _process = Start(Server);
        await ListenerProbe.WaitAsync(Port, TimeSpan.FromSeconds(120));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
            using var epmd = Start("epmd", "-port", $"{_epmdPort}", "-kill");
            await epmd.WaitForExitAsync(CancellationToken.None);
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Set("HOME", _folder);
        Set("RABBITMQ_NODENAME", $"sim800-{Port}@localhost");
        Set("RABBITMQ_DIST_PORT", $"{MosquittoBroker.FreePort()}");
        Set("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "mnesia"));
        Set("RABBITMQ_LOG_BASE", Path.Combine(_folder, "log"));
        Set("RABBITMQ_PID_FILE", Path.Combine(_folder, "pid"));
        Set("RABBITMQ_CONFIG_FILE", Path.Combine(_folder, "rabbitmq.conf"));
        Set("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder, "enabled_plugins"));
        Set("RABBITMQ_CONF_ENV_FILE", "/dev/null");
        Set("ERL_EPMD_PORT", $"{_epmdPort}");
        Set("ERL_EPMD_ADDRESS", "127.0.0.1");
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Set(string name, string value) => start.Environment[name] = value;
    }

    private Task WriteAsync(string name, string content) =>
        File.WriteAllTextAsync(Path.Combine(_folder, name), content, TestContext.Current.CancellationToken);
}
