using System.Text.Json;
using Sim800.Simulator;

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

    private static List<JsonElement> Objects(ProgramRun run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
