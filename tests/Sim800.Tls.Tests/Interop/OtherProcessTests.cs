using System.Globalization;
using Sim800.Tls.Tests.Peers;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Interop;

/// <summary>A gateway that is started again resumes what the process before it left on disk.</summary>
[Trait("Category", "Interop")]
public sealed class OtherProcessTests : TlsTest
{
    private const string Host = "broker.example.org";
    private const string Given = "SIM800_TEST_RESUME";

    /// <summary>Run by itself it makes the first visit too; run by <see cref="Another_process_resumes_the_session"/>, in a
    /// process of its own, it finds only the folder.</summary>
    [Fact]
    public async Task The_second_visit_is_resumed()
    {
        if (Environment.GetEnvironmentVariable(Given) is { } given)
        {
            var parts = given.Split('|');
            Assert.True(await VisitAsync(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], TlsTrust.FromPemFile(parts[2])));
            return;
        }

        await using var broker = await StartAsync();
        using var folder = new SessionsOnDisk();
        Assert.False(await VisitAsync(broker.Port, folder.Path, BrokerPki.Trust));
        Assert.True(await VisitAsync(broker.Port, folder.Path, BrokerPki.Trust));
    }

    [Fact]
    public async Task Another_process_resumes_the_session()
    {
        await using var broker = await StartAsync();
        using var folder = new SessionsOnDisk();
        Assert.False(await VisitAsync(broker.Port, folder.Path, BrokerPki.Trust));
        var root = PeerProcess.WriteFile(new DirectoryInfo(folder.Path), "root.pem", BrokerPki.RootPem);
        var (exitCode, output) = await OtherProcess.RunAsync(
            GetType(), nameof(The_second_visit_is_resumed), (Given, $"{broker.Port}|{folder.Path}|{root}"));
        Assert.True(exitCode == 0, output);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    private static async Task<bool> VisitAsync(int port, string folder, TlsTrust trust)
    {
        var options = new TlsClientOptions
        {
            ServerName = Host,
            Port = port,
            Trust = trust,
            SessionCache = new TlsFileSessionCache(folder),
        };
        await using var transport = await CountingTransport.ConnectAsync(port, Cancel);
        await using var connection = await ConnectAsync(transport, options);
        Assert.Equal(MqttGreeting.Accepted, await MqttGreeting.GreetAsync(connection, Cancel));
        return connection.Info.IsResumed;
    }

    private static Task<Mosquitto> StartAsync() => Mosquitto.StartAsync(folder =>
    {
        var (chain, key, _) = BrokerPki.Write(folder, TestKey.Server, Host);
        return [$"certfile {chain}", $"keyfile {key}", "allow_anonymous true"];
    });
}
