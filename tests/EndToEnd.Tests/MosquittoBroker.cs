using System.Globalization;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>A mosquitto of the test's own: TLS with a certificate for <see cref="Host"/>, user and password.</summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    internal const string Host = "broker.test";
    internal const int PortSeenByTheModem = 8883;
    internal const string User = "gateway";
    internal const string Password = "s3cret of the gateway";
    internal const string KeyIdentity = "gateway-7";
    internal const string Key = "8ee3a1c0ffee00112233445566778899";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-mosquitto-");
    private ProgramRun? _run;

    private MosquittoBroker()
    {
        Port = FreePort.Next();
        WebSocketPort = FreePort.Next();
        CertifiedPort = FreePort.Next();
        KeyPort = FreePort.Next();
        Authority = new TestAuthority(_folder.FullName);
    }

    internal int Port { get; }

    internal int WebSocketPort { get; }

    /// <summary>Where clients prove themselves with a certificate as well.</summary>
    internal int CertifiedPort { get; }

    /// <summary>Where both sides prove themselves with <see cref="Key"/>.</summary>
    internal int KeyPort { get; }

    internal TestAuthority Authority { get; }

    internal string Folder => _folder.FullName;

    /// <summary>How a virtual modem gets there, as <c>--map</c> has it.</summary>
    internal string Map => string.Create(CultureInfo.InvariantCulture, $"{Host}:{PortSeenByTheModem}=127.0.0.1:{Port}");

    /// <summary>The way to <see cref="CertifiedPort"/>.</summary>
    internal string CertifiedMap => string.Create(CultureInfo.InvariantCulture, $"{Host}:{PortSeenByTheModem}=127.0.0.1:{CertifiedPort}");

    /// <summary>The way to <see cref="KeyPort"/>.</summary>
    internal string KeyMap => string.Create(CultureInfo.InvariantCulture, $"{Host}:{PortSeenByTheModem}=127.0.0.1:{KeyPort}");

    /// <summary>The way to its WebSocket, on the port that HiveMQ Cloud has it on.</summary>
    internal string WebSocketMap => string.Create(CultureInfo.InvariantCulture, $"{Host}:8884=127.0.0.1:{WebSocketPort}");

    /// <summary>What <c>sim800 pub</c> and <c>sim800 sub</c> need to get in.</summary>
    internal string[] Arguments => ["-h", Host, "-u", User, "-P", Password, "--cafile", Authority.CertificateFile];

    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            await _run.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    internal static async Task<MosquittoBroker> StartAsync()
    {
        var program = Tool.PathOf("mosquitto");
        while (true)
        {
            var broker = new MosquittoBroker();
            await broker.WritePasswordAsync();
            broker._run = ProgramRun.Start(program, "-c", broker.WriteConfiguration());
            await broker._run.UntilAsync(() => broker.IsRunning || broker.HasLostItsPort);
            if (broker.IsRunning)
            {
                return broker;
            }

            await broker.DisposeAsync(); // another process was quicker to take the port that was free
        }
    }

    /// <summary>mosquitto_pub or mosquitto_sub, on the other side of the broker.</summary>
    internal ProgramRun StartPeer(string program, params IEnumerable<string> arguments) => ProgramRun.Start(
        Tool.PathOf(program),
        [
            "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-u", User, "-P", Password,
            "--cafile", Authority.CertificateFile, .. arguments,
        ]);

    /// <summary>Completes when the broker has answered so many SUBSCRIBE packets.</summary>
    internal Task SubscribedAsync(int count = 1) =>
        _run!.UntilAsync(() => _run.Error.Split("Sending SUBACK").Length > count);

    /// <summary>Completes when the broker has acknowledged so many messages of QoS 1.</summary>
    internal Task AcknowledgedAsync(int count) => _run!.UntilAsync(() => _run.Error.Split("Sending PUBACK").Length > count);

    private bool IsRunning => _run!.Error.Contains("running", StringComparison.Ordinal);

    private bool HasLostItsPort => _run!.Error.Contains("Address already in use", StringComparison.Ordinal);

    private async Task WritePasswordAsync()
    {
        await using var run = ProgramRun.Start(
            Tool.PathOf("mosquitto_passwd"), "-b", "-c", Path.Combine(Folder, "passwords"), User, Password);
        Assert.Equal(0, await run.ExitCodeAsync());
    }

    private string WriteConfiguration()
    {
        var (certificate, key) = Authority.Issue(Host);
        var path = Path.Combine(Folder, "mosquitto.conf");
        File.WriteAllText(Path.Combine(Folder, "keys"), $"{KeyIdentity}:{Key}\n");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"""
            user root
            listener {Port} 127.0.0.1
            cafile {Authority.CertificateFile}
            certfile {certificate}
            keyfile {key}
            allow_anonymous false
            password_file {Path.Combine(Folder, "passwords")}
            persistence false
            listener {WebSocketPort} 127.0.0.1
            protocol websockets
            certfile {certificate}
            keyfile {key}
            listener {CertifiedPort} 127.0.0.1
            cafile {Authority.CertificateFile}
            certfile {certificate}
            keyfile {key}
            require_certificate true
            listener {KeyPort} 127.0.0.1
            psk_hint brokers
            psk_file {Path.Combine(Folder, "keys")}
            log_dest stderr
            log_type all
            """));
        return path;
    }
}
