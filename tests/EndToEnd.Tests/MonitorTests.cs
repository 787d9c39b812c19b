using System.Text.Json;
using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary><c>sim800 monitor</c>, and <c>--monitor</c> beside another verb.</summary>
public sealed class MonitorTests
{
    [Theory]
    [Models]
    public async Task It_tells_of_a_session_once_a_second(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var run = ProgramRun.StartOurs("sim800", ["monitor", "--device", modem.DevicePath, .. broker.Arguments, "--json"]);
        await run.UntilAsync(() => Objects(run).Any(one => one.GetProperty("state").GetString() is "connected" && one.GetProperty("signalDbm").ValueKind is JsonValueKind.Number));
        var last = Objects(run)[^1];
        Assert.Equal((-71, 4012, "home"), (last.GetProperty("signalDbm").GetInt32(), last.GetProperty("supplyMillivolts").GetInt32(), last.GetProperty("registration").GetString()));
        Assert.True(last.GetProperty("sentBytes").GetInt64() > 200);
        run.PressControlC();
        Assert.Equal(130, await run.ExitCodeAsync());
    }

    [Theory]
    [Models]
    public async Task Without_a_broker_it_watches_the_modem(VirtualModemModel model)
    {
        await using var modem = TestModem.Start("h:1=127.0.0.1:1", model);
        await using var run = ProgramRun.StartOurs("sim800", "monitor", "--device", modem.DevicePath, "--seconds", "1");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Contains("Z connecting, signal ? dBm", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', run.Output);
    }

    [Theory]
    [Models]
    public async Task Beside_a_verb_it_keeps_off_the_results(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var run = ProgramRun.StartOurs("sim800", ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "a/b", "-C", "1", "--monitor"]);
        await broker.SubscribedAsync();
        await using var peer = broker.StartPeer("mosquitto_pub", "-t", "a/b", "-m", "hello");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Equal("hello\n", run.Output);
        Assert.Contains("Z connecting, signal ? dBm", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task A_session_of_another_process_is_watched_until_it_ends(VirtualModemModel model)
    {
        var runtime = Directory.CreateTempSubdirectory("s8").FullName;
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var sub = In(runtime, ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "a/b", "--share-monitor"]);
        await broker.SubscribedAsync();
        await using var json = In(runtime, "monitor", "--attach", modem.DevicePath, "--json");
        await json.UntilAsync(() => Objects(json).Any(one => one.GetProperty("signalDbm").ValueKind is JsonValueKind.Number));
        await using var lines = In(runtime, "monitor", "--attach");
        await using var peer = broker.StartPeer("mosquitto_pub", "-t", "a/b", "-m", "of-nobody's-business");
        await json.UntilAsync(() => Objects(json)[^1].GetProperty("receivedMessages").GetInt64() == 1);
        await lines.UntilOutputAsync("Z connected, signal -71 dBm, home, supply 4012 mV");

        sub.PressControlC();

        Assert.Equal((130, 0, 0), (await sub.ExitCodeAsync(), await json.ExitCodeAsync(), await lines.ExitCodeAsync()));
        Assert.Matches(@"^sim800: [0-9]+ \(process [0-9]+\) has ended\n$", json.Error);
        Assert.Equal("of-nobody's-business\n", sub.Output);
        Assert.Contains("subscribed to a/b", sub.Error, StringComparison.Ordinal); // as without a monitor
        Assert.DoesNotContain("business", json.Output + lines.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Path.Combine(runtime, "sim800-mqtt")));
        Directory.Delete(runtime, recursive: true);
    }

    [Fact]
    public async Task Another_user_gets_nothing_even_where_the_files_let_him_in()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "becomes another user");
        var runtime = Directory.CreateTempSubdirectory("s8").FullName;
        await using var modem = TestModem.Start("h:1=127.0.0.1:1");
        await using var bridge = In(runtime, "bridge", "--device", modem.DevicePath, "--listen", "127.0.0.1:0", "--socks", "--share-monitor");
        await bridge.UntilErrorAsync("Ctrl-C ends it");
        var socket = Assert.Single(Directory.GetFiles(Path.Combine(runtime, "sim800-mqtt")));
        await using var open = ProgramRun.Start("chmod", "777", runtime, Path.GetDirectoryName(socket)!, socket);
        Assert.Equal(0, await open.ExitCodeAsync());
        string[] curl = [Tool.PathOf("curl"), "--silent", "--http0.9", "--max-time", "3", "--unix-socket", socket, "http://h/"];

        await using var own = ProgramRun.Start(curl[0], curl[1..]);
        await own.UntilOutputAsync("\"state\":\"open\"");
        Assert.Contains("\"stage\":null", own.Output, StringComparison.Ordinal); // none is under way
        await using var other = ProgramRun.Start(Tool.PathOf("setpriv"), ["--reuid=65534", "--regid=65534", "--clear-groups", .. curl]);

        Assert.NotEqual(0, await other.ExitCodeAsync());
        Assert.Empty(other.Output);
        bridge.PressControlC();
        Assert.Equal(0, await bridge.ExitCodeAsync());
        Directory.Delete(runtime, recursive: true);
    }

    /// <summary>With a folder for sockets that no other test has.</summary>
    private static ProgramRun In(string runtime, params IEnumerable<string> arguments) =>
        ProgramRun.Start($"XDG_RUNTIME_DIR={runtime}", [ProgramRun.PathOf("sim800"), .. arguments]);

    private static List<JsonElement> Objects(ProgramRun run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
