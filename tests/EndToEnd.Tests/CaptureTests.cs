using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary><c>--capture</c>: what Wireshark makes of it.</summary>
[Trait("Category", "Interop")]
public sealed class CaptureTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-capture-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Models("tlsv1.2")]
    [Models("tlsv1.3")]
    public async Task A_tls_session_is_dissected_down_to_mqtt(VirtualModemModel model, string version)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        var file = Path.Combine(_folder.FullName, "session.pcapng");
        await using var pub = ProgramRun.StartOurs(
            "sim800",
            ["pub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "a/b", "-m", "hello", "-q", "1", "--tls-version", version, "--capture", file]);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.Contains(version is "tlsv1.3" ? "Tls13" : "Tls12", pub.Error, StringComparison.Ordinal);

        await using var dissector = ProgramRun.Start(
            Tool.PathOf("tshark"), "-r", file, "-d", "tcp.port==8883,tls", "-d", "tls.port==8883,mqtt", "-Y", "mqtt", "-T", "fields", "-e", "mqtt.msgtype", "-e", "mqtt.topic");
        Assert.Equal(0, await dissector.ExitCodeAsync());
        var types = dissector.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => line.Split('\t')[0].Split(',')).ToArray();
        Assert.Equal(["1", "3", "2", "4", "14"], types); // CONNECT and at once PUBLISH, CONNACK, PUBACK, DISCONNECT
        Assert.Contains("a/b", dissector.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_keys_there_is_no_capture()
    {
        await using var run = ProgramRun.StartOurs(
            "sim800", "pub", "--device", "d", "-h", "h", "-t", "t", "-m", "m", "--tls-engine", "platform", "--capture", "/dev/null");
        Assert.Equal(2, await run.ExitCodeAsync());
        Assert.StartsWith("sim800: --capture needs the keys", run.Error, StringComparison.Ordinal);
    }
}
