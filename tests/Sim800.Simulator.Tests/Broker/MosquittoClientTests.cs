using System.Diagnostics;
using System.Globalization;
using TestKit;

namespace Sim800.Simulator.Tests.Broker;

/// <summary>The broker as clients see it that were written by others.</summary>
[Trait("Category", "Interop")]
public sealed class MosquittoClientTests
{
    private static readonly LoopbackBrokerOptions WithPassword = new() { UserName = "u", Password = "p" };

    private static readonly LoopbackBrokerOptions WithTls = WithPassword with { Tls = true, RequireSni = true };

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    public async Task Mosquitto_pub_reaches_mosquitto_sub(int qos, bool tls)
    {
        await using var broker = LoopbackBroker.Start(tls ? WithTls : WithPassword);
        using var trust = new TrustFile(broker, tls);
        var level = qos.ToString(CultureInfo.InvariantCulture);
        var persistent = new[] { "-u", "u", "-P", "p", "-i", "listener", "-c", "-q", level, "-t", "plant/#" };
        await RunAsync("mosquitto_sub", broker, trust, [.. persistent, "-E"]);
        await UntilAsync(() => broker.Counters.OpenConnections == 0);
        var before = broker.Counters.Packets;
        using var listener = Start("mosquitto_sub", broker, trust, [.. persistent, "-C", "3", "-v", "-W", "60"]);
        await UntilAsync(() => broker.Counters.Packets == before + 2); // CONNECT, SUBSCRIBE: what comes now is for it

        foreach (var text in new[] { "one", "two", "three" })
        {
            await RunAsync("mosquitto_pub", broker, trust, ["-u", "u", "-P", "p", "-q", level, "-t", "plant/7/state", "-m", text]);
        }

        var heard = await listener.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await listener.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("plant/7/state one\nplant/7/state two\nplant/7/state three\n", heard);
        Assert.Equal(0, listener.ExitCode);
    }

    [Fact]
    public async Task Mosquitto_pub_without_the_password_is_refused()
    {
        await using var broker = LoopbackBroker.Start(WithPassword);
        using var trust = new TrustFile(broker, tls: false);
        using var publisher = Start("mosquitto_pub", broker, trust, ["-t", "a", "-m", "b"]);
        var complaint = await publisher.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("not authorised", complaint, StringComparison.Ordinal);
        Assert.Equal(0, broker.Counters.Published);
    }

    [Fact]
    public async Task Mosquitto_sub_gets_the_retained_message_and_the_will()
    {
        await using var broker = LoopbackBroker.Start();
        using var trust = new TrustFile(broker, tls: false);
        await RunAsync("mosquitto_pub", broker, trust, ["-r", "-t", "kept", "-m", "old"]);
        using var dying = Start("mosquitto_sub", broker, trust, ["-t", "x", "--will-topic", "gone", "--will-payload", "w", "--will-retain"]);
        await UntilAsync(() => broker.Counters.OpenConnections == 1);
        await UntilAsync(() => broker.Counters.Packets >= 5); // two of mosquitto_pub and its DISCONNECT, CONNECT, SUBSCRIBE
        dying.Kill();
        await UntilAsync(() => broker.Counters.OpenConnections == 0);
        Assert.Equal("kept old\n", await RunAsync("mosquitto_sub", broker, trust, ["-t", "kept", "-C", "1", "-v", "-W", "60"]));
        Assert.Equal("gone w\n", await RunAsync("mosquitto_sub", broker, trust, ["-t", "gone", "-C", "1", "-v", "-W", "60"]));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(10, limit.Token);
        }
    }

    private static async Task<string> RunAsync(string program, LoopbackBroker broker, TrustFile trust, string[] arguments)
    {
        using var process = Start(program, broker, trust, arguments);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complaint = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {complaint}");
        return output;
    }

    private static Process Start(string program, LoopbackBroker broker, TrustFile trust, string[] arguments)
    {
        var start = new ProcessStartInfo(Tool.PathOf(program))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["-h", "localhost", "-p", $"{broker.Port}", .. trust.Arguments, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    /// <summary>The broker's authority in a file, for as long as the test runs.</summary>
    private sealed class TrustFile : IDisposable
    {
        private readonly string? _path;

        internal TrustFile(LoopbackBroker broker, bool tls)
        {
            if (tls)
            {
                _path = Path.GetTempFileName();
                File.WriteAllText(_path, broker.CertificateAuthorityPem);
            }
        }

        internal string[] Arguments => _path is null ? [] : ["--cafile", _path];

        public void Dispose()
        {
            if (_path is not null)
            {
                File.Delete(_path);
            }
        }
    }
}
