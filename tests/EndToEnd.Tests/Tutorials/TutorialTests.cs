using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests.Tutorials;

/// <summary>Whoever follows a tutorial gets the message in the other window.</summary>
[Trait("Category", "Interop")]
public sealed partial class TutorialTests : IAsyncDisposable
{
    private const string HiveMq = "0123456789abcdef.s1.eu.hivemq.cloud";
    private const string Aws = "a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-tutorial-");
    private readonly List<IAsyncDisposable> _running = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var running in Enumerable.Reverse(_running))
        {
            await running.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Mosquitto_with_passwords_certificates_and_a_key()
    {
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        var modem = Running(TestModem.Start($"broker.example.com:8883=127.0.0.1:{port}"));
        ProgramRun? server = null;
        ProgramRun? other = null;
        foreach (var (kind, text) in Tutorial.Read("mosquitto.md"))
        {
            // Another port, for this machine may have a broker of its own; as root mosquitto would give up the right to read the folder.
            var command = text.Replace("listener 8883", $"user root\nlistener {port} 127.0.0.1", StringComparison.Ordinal).Replace("-p 8883", $"-p {port}", StringComparison.Ordinal);
            switch (kind)
            {
                case "sh server":
                    await StopAsync(server);
                    server = Running(Shell(command, modem.DevicePath));
                    await server.UntilErrorAsync("running");
                    break;
                case "sh other":
                    other = Running(Shell(command, modem.DevicePath));
                    await server!.UntilErrorAsync("Sending SUBACK");
                    break;
                case "sh":
                    await RunAsync(command, modem.DevicePath);
                    break;
                default:
                    Assert.Equal(0, await other!.ExitCodeAsync());
                    Assert.Equal(text, other.Output);
                    break;
            }
        }
    }

    [Fact]
    public async Task HiveMQ_Cloud_as_a_broker_that_demands_name_user_and_password()
    {
        var arrived = new List<string>();
        var broker = Running(LoopbackBroker.Start(new LoopbackBrokerOptions
        {
            Tls = true,
            RequireSni = true,
            ServerNames = [HiveMq],
            UserName = "greenhouse",
            Password = "correct horse",
            OnPublished = message => arrived.Add($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}\n"),
        }));
        broker.Publish("greenhouse/7/command", "open the window"u8.ToArray(), qos: 1, retain: true);
        var modem = Running(TestModem.Start(string.Create(CultureInfo.InvariantCulture, $"{HiveMq}:8883=127.0.0.1:{broker.Port}")));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "system.pem"), broker.CertificateAuthorityPem, TestContext.Current.CancellationToken);
        var printed = "";
        foreach (var (kind, text) in Tutorial.Read("hivemq-cloud.md"))
        {
            switch (kind)
            {
                case "sh":
                    printed = await RunAsync("export SSL_CERT_FILE=system.pem\n" + text, modem.DevicePath);
                    break;
                case "text other":
                    Assert.Equal(text, arrived[^1]);
                    break;
                default:
                    Assert.Equal(text, printed);
                    break;
            }
        }
    }

    [Fact]
    public async Task AWS_as_a_server_that_demands_name_certificate_and_on_443_the_protocol()
    {
        var authority = new TestAuthority(_folder.FullName, "AmazonRootCA1");
        var device = authority.IssueClient("gateway-17");
        File.Copy(device.CertificateFile, Path.Combine(_folder.FullName, "device.pem.crt"));
        File.Copy(device.KeyFile, Path.Combine(_folder.FullName, "private.pem.key"));
        var server = Running(new CertifiedServer(authority.Issue(Aws), Aws, "x-amzn-mqtt-ca"));
        var modem = Running(VirtualModem.OnPseudoTerminal(TestModem.Quick with
        {
            Network = SocketNetwork.FromMap([$"{Aws}:8883=127.0.0.1:{server.Port}", $"{Aws}:443=127.0.0.1:{server.ProtocolPort}"]),
        }));
        foreach (var (kind, text) in Tutorial.Read("aws-iot.md"))
        {
            if (kind is "sh")
            {
                await RunAsync(text, modem.DevicePath);
            }
            else
            {
                Assert.Equal(text, server.Arrived[^1]);
            }
        }

        Assert.Equal(["", "", "x-amzn-mqtt-ca"], server.Protocols);
    }

    private T Running<T>(T running)
        where T : IAsyncDisposable
    {
        _running.Add(running);
        return running;
    }

    private static async Task StopAsync(ProgramRun? server)
    {
        if (server is not null)
        {
            server.Kill();
            await server.ExitCodeAsync();
        }
    }

    private async Task<string> RunAsync(string commands, string device)
    {
        await using var run = Shell(commands, device);
        Assert.True(await run.ExitCodeAsync() == 0, $"{commands}\n{run.Output}\n{run.Error}");
        return run.Output;
    }

    /// <summary>In the folder of the tutorial, with the modem at hand in place of the one that the page names.</summary>
    private ProgramRun Shell(string commands, string device) => ProgramRun.Start(
        "bash",
        "-euc",
        $"""
        cd '{_folder.FullName}'
        export PATH='{AppContext.BaseDirectory}':$PATH:/usr/sbin SIM800_DEVICE={device} SIM800_APN=internet
        {(Server().IsMatch(commands) ? "exec " : "")}{commands.Replace("/dev/ttyUSB0", device, StringComparison.Ordinal)}
        """);

    [GeneratedRegex("^mosquitto(_sub)? ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Server();
}
