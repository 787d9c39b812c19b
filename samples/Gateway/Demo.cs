using System.Globalization;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sim800.Simulator;

namespace Gateway;

/// <summary>
/// What <c>--demo</c> runs against: a virtual SIM800 on a pseudo-terminal that restarts once, and a broker on the loopback interface that
/// demands TLS, server name, user and password.
/// </summary>
internal sealed class Demo : IAsyncDisposable
{
    internal const int RestartsAfter = 15;
    internal const string Topic = "gateway/demo";

    private const string Host = "broker.example.com";
    private const string User = "gateway";
    private const string Password = "correct horse";

    private readonly DirectoryInfo _folder;
    private readonly LoopbackBroker _broker;
    private readonly VirtualModem _modem;

    private Demo()
    {
        _folder = Directory.CreateTempSubdirectory("sim800-gateway-");
        _broker = LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Tls = true,
            RequireSni = true,
            ServerNames = [Host],
            UserName = User,
            Password = Password,
            OnPublished = message => Published?.Invoke(message.Topic, Encoding.UTF8.GetString(message.Payload.Span)),
        });
        File.WriteAllText(AuthorityFile, _broker.CertificateAuthorityPem);
        _modem = VirtualModem.OnPseudoTerminal(new VirtualModemOptions
        {
            RoundTripTime = TimeSpan.FromMilliseconds(600),
            Network = SocketNetwork.FromMap([$"{Host}:8883=127.0.0.1:{_broker.Port.ToString(CultureInfo.InvariantCulture)}"]),
            Faults = FaultPlan.Parse($"reboot@{RestartsAfter}"),
        });
    }

    /// <summary>Told of each message that the broker has.</summary>
    internal Action<string, string>? Published { get; set; }

    internal string Device => _modem.DevicePath;

    /// <summary>What stands in place of appsettings.json.</summary>
    internal IReadOnlyDictionary<string, string?> Configuration => new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
    {
        ["Sim800:Device"] = Device,
        ["Sim800:Host"] = Host,
        ["Sim800:UserName"] = User,
        ["Sim800:Password"] = Password,
        ["Sim800:Tls:CaFile"] = AuthorityFile,
        ["Gateway:Topic"] = Topic,
        ["Gateway:Folder"] = _folder.FullName,
    };

    private string AuthorityFile => Path.Combine(_folder.FullName, "ca.pem");

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal static Demo Start() => new();

    internal void Command(string name, string payload) => _broker.Publish($"{Topic}/command/{name}", Encoding.UTF8.GetBytes(payload), qos: 1);
}

/// <summary>Somebody at the other end: sees what arrives, and asks for a report after every fifth reading.</summary>
internal sealed class DemoOperator(Demo demo, ILogger<DemoOperator> log) : IHostedService
{
    private const int ReadingsPerReport = 5;

    private int _readings;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        demo.Published = See;
        GatewayLog.Demonstrating(log, demo.Device, Demo.RestartsAfter);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        demo.Published = null;
        return Task.CompletedTask;
    }

    private void See(string topic, string payload)
    {
        GatewayLog.AtTheBroker(log, topic, payload);
        if (topic.EndsWith("/reading", StringComparison.Ordinal) && Interlocked.Increment(ref _readings) % ReadingsPerReport == 0)
        {
            // Not from here: the broker tells of a message while it holds its lock.
            _ = Task.Run(() => demo.Command("report", ""), CancellationToken.None);
        }
    }
}
