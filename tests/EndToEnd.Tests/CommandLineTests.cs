using System.Text.Json;
using Sim800.Simulator;

namespace EndToEnd.Tests;

/// <summary>The tool as processes, with a mosquitto between it and mosquitto's own tools.</summary>
[Trait("Category", "Interop")]
public sealed class CommandLineTests
{
    [Theory]
    [Models("0")]
    [Models("1")]
    [Models("2")]
    public async Task Pub_delivers_through_simulate_to_mosquitto_sub_over_tls(VirtualModemModel model, string qos)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = ProgramRun.StartOurs("sim800", "simulate", "--model", model.ToString(), "--rtt", "20", "--map", broker.Map);
        var device = await modem.FirstLineAsync();
        await using var listener = broker.StartPeer("mosquitto_sub", "-t", "plant/#", "-q", "2", "-C", "3", "-F", "%t %q %p");
        await broker.SubscribedAsync();

        await using var pub = ProgramRun.StartOurs(
            "sim800", ["pub", "--device", device, .. broker.Arguments, "-t", "plant/7/temperature", "-q", qos, "-l"]);
        await pub.GiveAsync("21.5\n21.6\n21.7\n");

        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.Empty(pub.Output);
        Assert.Equal(0, await listener.ExitCodeAsync());
        Assert.Equal(string.Concat(new[] { "21.5", "21.6", "21.7" }.Select(text => $"plant/7/temperature {qos} {text}\n")), listener.Output);
        AssertNoSecret(pub);

        modem.PressControlC();
        Assert.Equal(0, await modem.ExitCodeAsync());
        var counters = JsonDocument.Parse(modem.Output.Trim().Split('\n')[^1]).RootElement;
        Assert.Equal(qos == "2" ? 2 : 1, counters.GetProperty("connections").GetInt32()); // the second removes the session of the run
    }

    /// <summary>ClientHello; the client's last flight; CONNECT and PUBLISH together; DISCONNECT; close_notify.</summary>
    [Theory]
    [Models]
    public async Task The_first_message_travels_along_with_CONNECT(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var pub = ProgramRun.StartOurs(
            "sim800", ["pub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "a", "-m", "x", "-q", "1"]);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.EndsWith("published 1, acknowledged 1\n", pub.Error, StringComparison.Ordinal);
        Assert.Equal(5, modem.Counters.CipSends);
    }

    [Theory]
    [Models("bouncycastle", And = VirtualModemModel.Sim7600E)]
    [Models("platform")]
    public async Task Sub_prints_what_mosquitto_pub_sends(VirtualModemModel model, string engine)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var sub = ProgramRun.StartOurs(
            "sim800",
            ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "cmd/#", "-q", "1", "-v", "-C", "2", "--tls-engine", engine]);
        await sub.UntilErrorAsync("subscribed to cmd/#");
        foreach (var text in new[] { "open", "close" })
        {
            await using var pub = broker.StartPeer("mosquitto_pub", "-t", "cmd/window", "-m", text, "-q", "1");
            Assert.Equal(0, await pub.ExitCodeAsync());
        }

        Assert.True(await sub.ExitCodeAsync() == 0, sub.Error);
        Assert.Equal("cmd/window open\ncmd/window close\n", sub.Output);
        AssertNoSecret(sub);
    }

    [Theory]
    [Models]
    public async Task Two_modems_talk_to_each_other(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var one = TestModem.Start(broker.Map, model);
        await using var two = TestModem.Start(broker.Map, model);
        var url = $"mqtts://{MosquittoBroker.User}:{Uri.EscapeDataString(MosquittoBroker.Password)}@{MosquittoBroker.Host}/a/b";
        string[] trust = ["--cafile", broker.Authority.CertificateFile];
        await using var sub = ProgramRun.StartOurs("sim800", ["sub", "--device", one.DevicePath, "-L", url, .. trust, "-C", "1", "-F", "%j"]);
        await sub.UntilErrorAsync("subscribed to a/b");
        await using var pub = ProgramRun.StartOurs(
            "sim800", ["pub", "--device", two.DevicePath, "-L", url, .. trust, "-q", "2", "-r", "-s"]);
        await pub.GiveAsync("two\nlines");
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.True(await sub.ExitCodeAsync() == 0, sub.Error);
        var message = JsonDocument.Parse(sub.Output).RootElement;
        Assert.Equal(("a/b", "two\nlines"), (message.GetProperty("topic").GetString(), message.GetProperty("payload").GetString()));
        AssertNoSecret(pub);
    }

    [Theory]
    [Models]
    public async Task The_port_of_a_websocket_is_explained_and_the_remedy_works(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.WebSocketMap, model);
        string[] arguments = ["pub", "--device", modem.DevicePath, .. broker.Arguments, "-p", "8884", "-t", "a", "-m", "x", "-q", "1", "--quiet"];
        await using var wrong = ProgramRun.StartOurs("sim800", arguments);
        Assert.Equal(1, await wrong.ExitCodeAsync());
        Assert.Contains("port 8884 is customarily MQTT over secure WebSockets", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("Use port 8883 with TLS (-p 8883), or MQTT over WebSocket (--ws).", wrong.Error, StringComparison.Ordinal);

        await using var right = ProgramRun.StartOurs("sim800", [.. arguments, "--ws"]);
        Assert.True(await right.ExitCodeAsync() == 0, right.Error);
        Assert.Empty(right.Error);
    }

    [Theory]
    [Models]
    public async Task Insecure_works_with_a_warning_that_quiet_does_not_hide(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var pub = ProgramRun.StartOurs(
            "sim800",
            "pub", "--device", modem.DevicePath, "-h", MosquittoBroker.Host, "-u", MosquittoBroker.User, "-P", MosquittoBroker.Password,
            "-t", "a", "-m", "x", "-q", "1", "--insecure", "--quiet");
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.StartsWith("sim800: With --insecure any certificate is taken", Assert.Single(pub.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task Sub_gives_up_after_the_time_asked_for(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var sub = ProgramRun.StartOurs(
            "sim800", ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "never", "-W", "0.2"]);
        Assert.Equal(27, await sub.ExitCodeAsync());
        Assert.Empty(sub.Output);
    }

    [Theory]
    [Models]
    public async Task Sub_ends_when_nobody_reads_it_any_more(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var pipeline = ProgramRun.StartOurs(
            "sim800", "| head -n 1", ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "n"]);
        await pipeline.UntilErrorAsync("subscribed to n");
        await using var pub = broker.StartPeer("mosquitto_pub", "-t", "n", "-m", "x", "-q", "1", "--repeat", "100000", "--repeat-delay", "0.1");
        Assert.Equal(0, await pipeline.ExitCodeAsync()); // the shell waits for both
        Assert.Equal("x\n", pipeline.Output);
        Assert.Contains("sim800: Standard output takes no more: ", pipeline.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Models]
    public async Task Control_c_says_goodbye_so_that_the_will_is_not_published(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var listener = broker.StartPeer("mosquitto_sub", "-t", "gone", "-t", "end", "-C", "1", "-v");
        await broker.SubscribedAsync();
        await using var sub = ProgramRun.StartOurs(
            "sim800",
            ["sub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "x", "--will-topic", "gone", "--will-payload", "w"]);
        await sub.UntilErrorAsync("subscribed to x");
        sub.PressControlC();
        Assert.Equal(130, await sub.ExitCodeAsync());
        await using var last = broker.StartPeer("mosquitto_pub", "-t", "end", "-m", "of test");
        Assert.Equal(0, await listener.ExitCodeAsync());
        Assert.Contains("end of test", listener.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("gone w", listener.Output, StringComparison.Ordinal);
    }

    [Theory]
    [Models(And = VirtualModemModel.A7670E)]
    public async Task Pub_rides_out_a_lost_link(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, model);
        await using var listener = broker.StartPeer("mosquitto_sub", "-t", "n", "-q", "1", "-C", "40");
        await broker.SubscribedAsync();
        await using var pub = ProgramRun.StartOurs("sim800", ["pub", "--device", modem.DevicePath, .. broker.Arguments, "-t", "n", "-q", "1", "-l"]);
        var half = string.Concat(Enumerable.Repeat("x\n", 20));
        await pub.TypeAsync(half);
        await broker.AcknowledgedAsync(5);
        modem.Inject(Fault.Parse("remote-close"));
        await pub.UntilErrorAsync("Trying again");
        await pub.GiveAsync(half);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.Contains("published 40, acknowledged 40", pub.Error, StringComparison.Ordinal);
        Assert.Equal(0, await listener.ExitCodeAsync());
    }

    [Theory]
    [Models]
    public async Task The_log_of_all_layers_holds_neither_secret_nor_payload(VirtualModemModel model)
    {
        await using var broker = await MosquittoBroker.StartAsync();
        await using var modem = TestModem.Start(broker.Map, TestModem.Of(model) with { Pin = "4711" });
        await using var pub = ProgramRun.StartOurs(
            "sim800",
            [
                "pub", "--device", modem.DevicePath, "--pin", "4711", "--apn", "internet", "--apn-user", "web", "--apn-password", "apn-secret",
                .. broker.Arguments, "-t", "a", "-q", "1", "-m", "the payload", "--debug",
            ]);
        Assert.True(await pub.ExitCodeAsync() == 0, pub.Error);
        Assert.Contains(Wording.Of(model, "AT+CIPSTART"), pub.Error, StringComparison.Ordinal);
        foreach (var secret in new[] { MosquittoBroker.Password, "4711", "apn-secret", "the payload" })
        {
            Assert.DoesNotContain(secret, pub.Error, StringComparison.Ordinal);
        }
    }

    private static void AssertNoSecret(ProgramRun run) =>
        Assert.DoesNotContain(MosquittoBroker.Password, run.Output + run.Error, StringComparison.Ordinal);
}
