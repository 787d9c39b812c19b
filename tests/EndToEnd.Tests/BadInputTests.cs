using Sim800.Simulator;
using TestKit;

namespace EndToEnd.Tests;

/// <summary>What goes wrong at a user's desk: one sentence that says what happened and what to do, no stack trace, exit code 1 or that of the broker.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private const string Host = "broker.test";
    private const int Port = 8883;

    /// <summary>The broker's return code, as mosquitto_pub ends with it.</summary>
    private const int NotAuthorized = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sim800-bad-input-");
    private readonly LoopbackBroker _broker = LoopbackBroker.Start(new LoopbackBrokerOptions
    {
        Tls = true,
        RequireSni = true,
        ServerNames = [Host, "other.test"],
        UserName = "u",
        Password = "right",
    });

    private string Map => $"{Host}:{Port}=127.0.0.1:{_broker.Port}";

    private string AuthorityFile => Path.Combine(_folder.FullName, "ca.pem");

    public async ValueTask InitializeAsync() =>
        await File.WriteAllTextAsync(AuthorityFile, _broker.CertificateAuthorityPem, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Missing_device() =>
        await ExpectAsync("/dev/ttyNOTHING", "There is no serial device '/dev/ttyNOTHING'.");

    [Fact]
    public async Task Missing_device_while_standard_input_stays_open()
    {
        await using var pub = ProgramRun.StartOurs("sim800", ["pub", "--device", "/dev/ttyNOTHING", "-h", Host, "-t", "t", "-q", "1", "-l"]);
        Assert.Equal(1, await pub.ExitCodeAsync());
        Assert.Contains("There is no serial device '/dev/ttyNOTHING'.", pub.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Device_busy()
    {
        await using var modem = TestModem.Start(Map);
        await using var first = ProgramRun.StartOurs("sim800", ["sub", "--device", modem.DevicePath, .. Good, "-t", "x"]);
        await first.UntilErrorAsync("subscribed");
        await ExpectAsync(modem.DevicePath, "is held by another process.", "--connect-timeout", "3");
    }

    [Fact]
    public async Task Not_a_serial_device() => await ExpectAsync(AuthorityFile, "is not a serial device.");

    [Fact]
    public async Task No_answer_at_the_given_rate()
    {
        await using var modem = TestModem.WithFaults(Map, "hang=10m");
        await ExpectAsync(modem.DevicePath, "The modem did not answer", "--connect-timeout", "30");
    }

    [Fact]
    public async Task Wrong_pin()
    {
        await using var modem = TestModem.Start(Map, TestModem.Quick with { Pin = "4711" });
        await ExpectAsync(modem.DevicePath, "PIN", "--pin", "1234");
    }

    [Fact]
    public async Task Pin_not_given()
    {
        await using var modem = TestModem.Start(Map, TestModem.Quick with { Pin = "4711" });
        await ExpectAsync(modem.DevicePath, "PIN");
    }

    [Fact]
    public async Task No_sim()
    {
        await using var modem = TestModem.WithFaults(Map, "no-sim");
        await ExpectAsync(modem.DevicePath, "SIM");
    }

    [Fact]
    public async Task Registration_denied()
    {
        await using var modem = TestModem.WithFaults(Map, "registration-denied");
        await ExpectAsync(modem.DevicePath, "network", "--registration-timeout", "3");
    }

    [Fact]
    public async Task Wrong_access_point()
    {
        await using var modem = TestModem.Start(Map, TestModem.Quick with { Apn = "internet" });
        await ExpectAsync(modem.DevicePath, "Check the access point name (--apn)", "--apn", "wrong", "--connect-timeout", "10");
    }

    [Fact]
    public async Task Host_not_found()
    {
        await using var modem = TestModem.Start(Map);
        await ExpectAsync(modem.DevicePath, "The host 'no-such-host.invalid' is not known", "-h", "no-such-host.invalid", "--connect-timeout", "5");
    }

    [Fact]
    public async Task Port_closed()
    {
        await using var modem = TestModem.Start($"{Host}:{Port}=127.0.0.1:{FreePort.Next()}");
        await ExpectAsync(modem.DevicePath, $"{Host}:{Port}", "--connect-timeout", "5");
    }

    [Fact]
    public async Task Wrong_authority()
    {
        await using var modem = TestModem.Start(Map);
        var other = new TestAuthority(_folder.FullName, "other");
        await ExpectAsync(modem.DevicePath, "certificate", "--cafile", other.CertificateFile);
    }

    [Fact]
    public async Task Wrong_host_name()
    {
        await using var broker = LoopbackBroker.Start(new LoopbackBrokerOptions { Tls = true, ServerNames = ["real.test"] });
        await File.WriteAllTextAsync(AuthorityFile, broker.CertificateAuthorityPem, TestContext.Current.CancellationToken);
        await using var modem = TestModem.Start($"{Host}:{Port}=127.0.0.1:{broker.Port}");
        await ExpectAsync(modem.DevicePath, "real.test");
    }

    [Fact]
    public async Task Server_name_unknown_to_the_server()
    {
        await using var modem = TestModem.Start($"strange.test:{Port}=127.0.0.1:{_broker.Port}");
        await ExpectAsync(modem.DevicePath, "unrecognized_name", "-h", "strange.test");
    }

    [Fact]
    public async Task Wrong_password()
    {
        await using var modem = TestModem.Start(Map);
        await ExpectAsync(modem.DevicePath, "Check user name and password", NotAuthorized, "-P", "wrong");
    }

    [Fact]
    public async Task Plain_mqtt_to_a_tls_port()
    {
        await using var modem = TestModem.Start(Map);
        await ExpectAsync(modem.DevicePath, "TLS", "--no-tls", "-p", "8883", "--connect-timeout", "10");
    }

    [Fact]
    public async Task Tls_to_a_plain_port()
    {
        await using var plain = LoopbackBroker.Start();
        await using var modem = TestModem.Start($"{Host}:1883=127.0.0.1:{plain.Port}");
        await ExpectAsync(modem.DevicePath, "TLS", "--tls", "-p", "1883");
    }

    [Fact]
    public async Task An_unknown_option_is_a_matter_of_usage()
    {
        await using var run = ProgramRun.StartOurs("sim800", "pub", "--nonsense");
        Assert.Equal(2, await run.ExitCodeAsync());
        Assert.Contains("--nonsense", Assert.Single(Lines(run.Error)), StringComparison.Ordinal);
    }

    private string[] Good => ["-h", Host, "-u", "u", "-P", "right", "--cafile", AuthorityFile];

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The options given here take the place of the good ones.</summary>
    private Task ExpectAsync(string device, string sentence, params string[] instead) => ExpectAsync(device, sentence, 1, instead);

    private async Task ExpectAsync(string device, string sentence, int expected, params string[] instead)
    {
        var good = Good.Chunk(2).Where(pair => !instead.Contains(pair[0], StringComparer.Ordinal)).SelectMany(pair => pair);
        await using var run = ProgramRun.StartOurs("sim800", ["pub", "--device", device, .. good, .. instead, "-t", "t", "-m", "m", "-q", "1", "--quiet"]);
        var exitCode = await run.ExitCodeAsync();
        var line = Assert.Single(Lines(run.Error));
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.StartsWith("sim800: ", line, StringComparison.Ordinal);
        Assert.Contains(sentence, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.Equal(expected, exitCode);
        Assert.Empty(run.Output);
    }
}
