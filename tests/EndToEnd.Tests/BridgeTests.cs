using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sim800.Simulator;
using TestKit;
using TestKit.Hostile;

namespace EndToEnd.Tests;

/// <summary><c>sim800 bridge</c>: programs that know no modem speak through it.</summary>
[Trait("Category", "Interop")]
public sealed partial class BridgeTests
{
    [Theory]
    [Models(And = VirtualModemModel.A7670E)]
    public async Task Mosquitto_tools_without_tls_reach_a_tls_broker_through_the_bridge(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var bridge = ProgramRun.StartOurs(
            "sim800",
            "bridge", "--device", modem.DevicePath, "--listen", "127.0.0.1:0", "--to", $"{MosquittoBroker.Host}:8883",
            "--tls", "--cafile", broker.Authority.CertificateFile);
        await bridge.UntilErrorAsync("Ctrl-C ends it");
        string[] local = ["-h", "127.0.0.1", "-p", $"{Port(bridge)}", "-u", MosquittoBroker.User, "-P", MosquittoBroker.Password];

        await using var sub = ProgramRun.Start(Tool.PathOf("mosquitto_sub"), [.. local, "-t", "a/#", "-v", "-C", "1"]);
        await broker.SubscribedAsync();
        await using var pub = ProgramRun.Start(Tool.PathOf("mosquitto_pub"), [.. local, "-t", "a/b", "-m", "through the modem", "-q", "2"]);
        Assert.Equal(0, await pub.ExitCodeAsync());
        Assert.Equal(0, await sub.ExitCodeAsync());
        Assert.Equal("a/b through the modem\n", sub.Output);

        bridge.PressControlC();
        Assert.Equal(0, await bridge.ExitCodeAsync());
        Assert.Equal(2, modem.Counters.Connections);
    }

    [Theory]
    [Models]
    public async Task Curl_names_its_own_hosts_by_socks(VirtualModemModel model)
    {
        var curl = Tool.PathOf("curl");
        await using var web = new PeerListener(new PeerScript()
            .ExpectUpTo("\r\n\r\n")
            .Send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\na page\n").PlayAsync);
        await using var modem = TestModem.Start($"web.test:80=127.0.0.1:{web.Port}", model);
        await using var bridge = ProgramRun.StartOurs("sim800", "bridge", "--device", modem.DevicePath, "--listen", "127.0.0.1:0", "--socks");
        await bridge.UntilErrorAsync("Ctrl-C ends it");
        string[] words = ["--silent", "--show-error", "--max-time", "50", "--socks5-hostname", $"127.0.0.1:{Port(bridge)}"];

        await using var page = ProgramRun.Start(curl, [.. words, "http://web.test/page"]);
        Assert.True(await page.ExitCodeAsync() == 0, page.Error);
        Assert.Equal("a page\n", page.Output);

        await using var nowhere = ProgramRun.Start(curl, [.. words, "http://nowhere.test/page"]);
        Assert.NotEqual(0, await nowhere.ExitCodeAsync());
        await bridge.UntilErrorAsync("sim800: ");

        await using var again = ProgramRun.Start(curl, [.. words, "http://web.test/page"]);
        Assert.True(await again.ExitCodeAsync() == 0, again.Error);
        bridge.PressControlC();
        Assert.Equal(0, await bridge.ExitCodeAsync());
    }

    [Theory]
    [Models]
    public async Task A_connection_that_fails_is_explained_and_the_next_one_served(VirtualModemModel model)
    {
        await using var broker = LoopbackBroker.Start();
        await using var modem = TestModem.Start($"plain.test:1883=127.0.0.1:{broker.Port}", model);
        await using var bridge = ProgramRun.StartOurs(
            "sim800", "bridge", "--device", modem.DevicePath, "--listen", "127.0.0.1:0", "--to", "plain.test:1883", "--tls");
        await bridge.UntilErrorAsync("Ctrl-C ends it");
        var port = Port(bridge);
        for (var i = 1; i <= 2; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
            var failures = i;
            await bridge.UntilAsync(() => bridge.Error.Split("sim800: ").Length > failures);
        }
    }

    [Theory]
    [Models]
    public async Task A_limit_for_the_way_to_the_network_ends_the_bridge(VirtualModemModel model)
    {
        await using var modem = TestModem.WithFaults("plain.test:1883=127.0.0.1:1", model, "registration-denied");
        await using var bridge = ProgramRun.StartOurs(
            "sim800", "bridge", "--device", modem.DevicePath, "--to", "plain.test:1883", "--listen", "127.0.0.1:0", "--connect-timeout", "2");
        Assert.Equal(1, await bridge.ExitCodeAsync());
        Assert.Contains("sim800: There was no connection within 2 s. Allow more with --connect-timeout", bridge.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task A_serial_line_that_has_died_ends_the_bridge(VirtualModemModel model)
    {
        await using var modem = TestModem.Start("plain.test:1883=127.0.0.1:1", model);
        await using var bridge = ProgramRun.StartOurs(
            "sim800", "bridge", "--device", modem.DevicePath, "--listen", "127.0.0.1:0", "--to", "plain.test:1883");
        await bridge.UntilErrorAsync("Ctrl-C ends it");
        await modem.DisposeAsync(); // as when the adapter is unplugged
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port(bridge), TestContext.Current.CancellationToken);
        Assert.Equal(1, await bridge.ExitCodeAsync());
        Assert.Contains("sim800: The serial line is dead: ", bridge.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen", "nowhere")]
    [InlineData("--to", "host")]
    [InlineData("--to", "host:0")]
    public async Task A_bad_address_is_a_matter_of_usage(string option, string value)
    {
        string[] good = option == "--to" ? [] : ["--to", "h:1"];
        await using var run = ProgramRun.StartOurs("sim800", ["bridge", "--device", "d", .. good, option, value]);
        Assert.Equal(2, await run.ExitCodeAsync());
        Assert.StartsWith($"sim800: {option} takes", run.Error, StringComparison.Ordinal);
    }

    private static int Port(ProgramRun bridge) =>
        int.Parse(Listening().Match(bridge.Error).Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"127\.0\.0\.1:(?<port>\d+) ->", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
