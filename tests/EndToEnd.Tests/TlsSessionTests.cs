using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary><c>--tls-sessions</c>: a process goes on with the TLS session of the one before it.</summary>
[Trait("Category", "Interop")]
public sealed class TlsSessionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-sessions-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [Models]
    public async Task The_second_run_resumes_with_fewer_bytes(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        var sessions = Path.Combine(_folder.FullName, "kept");
        var (first, firstBytes) = await PublishAsync(model, broker, "--tls-sessions", sessions);
        var (second, secondBytes) = await PublishAsync(model, broker, "--tls-sessions", sessions);
        var (without, _) = await PublishAsync(model, broker);

        Assert.DoesNotContain(", resumed", first, StringComparison.Ordinal);
        Assert.Contains(", resumed", second, StringComparison.Ordinal);
        Assert.DoesNotContain(", resumed", without, StringComparison.Ordinal);
        Assert.True(secondBytes < firstBytes, $"{secondBytes} bytes after {firstBytes}");
    }

    private static async Task<(string Progress, long BytesReceived)> PublishAsync(VirtualModemModel model, MosquittoBroker broker, params string[] more)
    {
        await using var modem = TestModem.Start(broker.Map, model);
        await using var pub = ProgramRun.StartOurs(
            "sim800", ["pub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "a", "-m", "x", "-q", "1", .. more]);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        return (pub.Error, modem.Counters.TcpBytesReceived);
    }
}
